using Microsoft.CodeAnalysis;

namespace Flasky.Jobs.Generators;

/// <summary>Knows the library's types by name: what a job is, what a handler is, and how a worker is told of one.</summary>
internal static class JobTypes
{
    public const string Namespace = "Flasky.Jobs";
    public const string Job = Namespace + ".IJob";

    public static bool IsJob(ITypeSymbol type) => type.AllInterfaces.Any(contract => Is(contract, "IJob"));

    /// <summary>What the job's handler returns. Null: nothing.</summary>
    public static ITypeSymbol? ResultOf(ITypeSymbol job) =>
        job.AllInterfaces.FirstOrDefault(contract => Is(contract, "IJob`1"))?.TypeArguments[0];

    public static AttributeData? JobAttribute(ISymbol job) =>
        job.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && Is(type, "JobAttribute"));

    /// <summary>Null: it has none, or one that does not compile.</summary>
    public static string? NameOf(ISymbol job) =>
        JobAttribute(job)?.ConstructorArguments.FirstOrDefault().Value as string;

    /// <summary>The jobs that a class handles; none for one that cannot be made: abstract, or open generic.</summary>
    public static IEnumerable<HandledJob> HandledBy(INamedTypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Class || type.IsAbstract || type.IsGenericType || type.ContainingType is { IsGenericType: true })
            return [];
        // A handler with a result may also be one without, for the same job; the result counts.
        return type.AllInterfaces
            .Where(contract => Is(contract, "IJobHandler`1") || Is(contract, "IJobHandler`2"))
            .Where(contract => contract.TypeArguments[0] is INamedTypeSymbol)
            .OrderByDescending(contract => contract.Arity)
            .GroupBy(contract => contract.TypeArguments[0], SymbolEqualityComparer.Default)
            .Select(contracts => contracts.First())
            .Select(contract => new HandledJob((INamedTypeSymbol)contract.TypeArguments[0], contract.Arity == 2 ? contract.TypeArguments[1] : null, type));
    }

    public static bool IsWorkerBuilder(ITypeSymbol? type) => type is INamedTypeSymbol named && Is(named, "JobWorkerBuilder");

    /// <param name="type">Any type.</param>
    /// <param name="name">Its name in metadata, so with the number of type parameters.</param>
    private static bool Is(INamedTypeSymbol type, string name) =>
        type.MetadataName == name && type.ContainingNamespace is { Name: "Jobs", ContainingNamespace: { Name: "Flasky", ContainingNamespace.IsGlobalNamespace: true } };
}

/// <param name="Job">The arguments.</param>
/// <param name="Result">Null: the job has none.</param>
/// <param name="Handler">The class that runs it.</param>
internal sealed record HandledJob(INamedTypeSymbol Job, ITypeSymbol? Result, INamedTypeSymbol Handler)
{
    /// <summary>Whether code at the top of the assembly can name all of it; a private nested class or a file-local one cannot be named.</summary>
    public bool CanBeNamed(Compilation compilation) =>
        new ITypeSymbol?[] { Job, Result, Handler }.All(type => type is null
            || compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) && type is not INamedTypeSymbol { IsFileLocal: true });

    /// <summary>The call that tells a worker of the handler.</summary>
    public string Registration => Result is null
        ? $"worker.Handle<{Name(Job)}, {Name(Handler)}>();"
        : $"worker.Handle<{Name(Job)}, {Name(Result)}, {Name(Handler)}>();";

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
