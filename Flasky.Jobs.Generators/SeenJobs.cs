using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Flasky.Jobs.Generators;

/// <summary>What the analysis of one compilation has come across so far. Safe for concurrent use.</summary>
internal sealed class SeenJobs
{
    /// <summary>Jobs declared here.</summary>
    public ConcurrentBag<INamedTypeSymbol> Jobs { get; } = [];

    /// <summary>Handlers declared here.</summary>
    public ConcurrentBag<HandledJob> Handlers { get; } = [];

    /// <summary>Jobs in a call of <c>Handle</c> or <c>Without</c>: somebody has thought of them.</summary>
    public ConcurrentBag<ITypeSymbol> Mentioned { get; } = [];

    /// <summary>Where <c>HandleAll()</c> is called.</summary>
    public ConcurrentBag<Location> HandleAllCalls { get; } = [];

    public void AddJob(INamedTypeSymbol type) => Jobs.Add(type);

    public void AddHandler(INamedTypeSymbol type)
    {
        foreach (var job in JobTypes.HandledBy(type))
            Handlers.Add(job);
    }

    public void AddCall(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (method is { Name: "HandleAll", Parameters.Length: 1 } && JobTypes.IsWorkerBuilder(method.Parameters[0].Type))
            HandleAllCalls.Add(call.Syntax.GetLocation());
        else if (method is { Name: "Handle" or "Without", IsGenericMethod: true } && JobTypes.IsWorkerBuilder(method.ContainingType))
            Mentioned.Add(method.TypeArguments[0]);
    }
}
