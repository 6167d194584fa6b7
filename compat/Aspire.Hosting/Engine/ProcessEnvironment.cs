using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Works out what a process is given: the model's callbacks, in the model's order, with every value resolved.</summary>
internal sealed class ProcessEnvironment(DistributedApplicationExecutionContext context, ResourceLoggerService logs)
{
    // They are about the AppHost itself.
    private static readonly HashSet<string> NotInherited = ["ASPNETCORE_URLS", "DOTNET_LAUNCH_PROFILE", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>What the AppHost passes on of its own environment.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> Inherited() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => !NotInherited.Contains((string)variable.Key))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string)variable.Value!));

    internal async Task<IReadOnlyDictionary<string, string>> OfAsync(Replica replica, CancellationToken cancellationToken)
    {
        var callbacks = new EnvironmentCallbackContext(context, replica.Resource, cancellationToken: cancellationToken);
        foreach (var annotation in replica.Resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            await annotation.Callback(callbacks);

        var variables = Inherited().ToDictionary();
        foreach (var (name, value) in callbacks.EnvironmentVariables)
            variables[name] = await ResolveAsync(value, replica, cancellationToken);
        return variables;
    }

    internal async Task<IReadOnlyList<string>> ArgumentsAsync(Replica replica, CancellationToken cancellationToken)
    {
        var callbacks = new CommandLineArgsCallbackContext([], replica.Resource, cancellationToken) { ExecutionContext = context, Logger = logs.GetLogger(replica.Resource) };
        foreach (var annotation in replica.Resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
            await annotation.Callback(callbacks);

        var arguments = new List<string>();
        foreach (var value in callbacks.Args)
            arguments.Add(await ResolveAsync(value, replica, cancellationToken));
        return arguments;
    }

    private static async ValueTask<string> ResolveAsync(object value, Replica replica, CancellationToken cancellationToken) => value switch
    {
        ReplicaValue differing => differing.For(replica),
        IValueProvider provider => await provider.GetValueAsync(cancellationToken) ?? "",
        IResourceBuilder<IResource> { Resource: IValueProvider resource } => await resource.GetValueAsync(cancellationToken) ?? "",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
