using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Adds to the environment of a resource's process.</summary>
public class EnvironmentCallbackAnnotation(Func<EnvironmentCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Runs each time a process of the resource is about to start.</summary>
    public Func<EnvironmentCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What an environment callback works on.</summary>
public class EnvironmentCallbackContext(DistributedApplicationExecutionContext executionContext, IResource resource, Dictionary<string, object>? environmentVariables = null, CancellationToken cancellationToken = default)
{
    /// <summary>The variables: strings, or values that are resolved after the callbacks.</summary>
    public Dictionary<string, object> EnvironmentVariables { get; } = environmentVariables ?? [];

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    /// <summary>The resource whose process is about to start.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Ends the callback early.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Adds to the arguments of a resource's process.</summary>
public class CommandLineArgsCallbackAnnotation(Func<CommandLineArgsCallbackContext, Task> callback) : IResourceAnnotation
{
    /// <summary>Runs each time a process of the resource is about to start.</summary>
    public Func<CommandLineArgsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What an arguments callback works on.</summary>
public sealed class CommandLineArgsCallbackContext(IList<object> args, IResource resource, CancellationToken cancellationToken = default)
{
    /// <summary>The arguments: strings, or values that are resolved after the callbacks.</summary>
    public IList<object> Args { get; } = args;

    /// <summary>The resource whose process is about to start.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Whether the application runs or is published.</summary>
    public DistributedApplicationExecutionContext ExecutionContext { get; init; } = new(DistributedApplicationOperation.Run);

    /// <summary>Where to tell of trouble.</summary>
    public ILogger Logger { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>Ends the callback early.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>How many processes of a project run; one unless told.</summary>
public sealed class ReplicaAnnotation(int replicas = 1) : IResourceAnnotation
{
    /// <summary>The number of processes.</summary>
    public int Replicas { get; } = replicas;
}

/// <summary>Names a health check that must pass before the resource counts as healthy.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>The name under which the check is registered.</summary>
    public string Key { get; } = key;
}

/// <summary>Keeps a container's data in a volume.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly) : IResourceAnnotation
{
    /// <summary>The volume's name; null is an anonymous one.</summary>
    public string? Source { get; } = source;

    /// <summary>The path inside the container.</summary>
    public string Target { get; } = target;

    /// <summary>A volume; bind mounts mean nothing without containers.</summary>
    public ContainerMountType Type { get; } = type;

    /// <summary>Whether the container may not write to it.</summary>
    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>What is mounted into a container.</summary>
public enum ContainerMountType
{
    /// <summary>A folder of the host.</summary>
    BindMount,

    /// <summary>A volume.</summary>
    Volume,
}
