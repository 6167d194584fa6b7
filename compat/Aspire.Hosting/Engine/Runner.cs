using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Knows how to start one kind of resource.</summary>
internal interface IRunner
{
    /// <summary>The server packages that this machine lacks, by the name that <see cref="Installation" /> knows.</summary>
    IEnumerable<ServerPackage> Missing => [];

    /// <summary>Whether nothing can go on without it, so that the AppHost ends when it cannot be started.</summary>
    bool IsEssential => true;

    /// <summary>Starts one process of the resource, or whatever it is.</summary>
    Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken);
}

/// <summary>Something that was started.</summary>
internal interface IRunning : IAsyncDisposable
{
    /// <summary>Completes when it has ended by itself or was stopped, with its exit code.</summary>
    Task<int> Ended { get; }

    /// <summary>The process, or null if it is none.</summary>
    int? ProcessId => null;

    /// <summary>Stops it; returns when it has ended.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}

/// <summary>One process of a resource.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Id">Its name and a random suffix.</param>
internal sealed record Replica(IResource Resource, string Id)
{
    /// <summary>The random part of the id.</summary>
    internal string Suffix => Id.Length > Resource.Name.Length ? Id[(Resource.Name.Length + 1)..] : Id;

    /// <summary>What the console calls it.</summary>
    internal string Label => Resource.GetReplicaCount() > 1 ? Id : Resource.Name;
}

/// <summary>Tells how a resource is started.</summary>
internal sealed class RunnerAnnotation(Func<IServiceProvider, IRunner> create) : IResourceAnnotation
{
    internal IRunner Create(IServiceProvider services) => create(services);
}

/// <summary>A variable whose value differs between the processes of one resource.</summary>
internal sealed class ReplicaValue(Func<Replica, string> value)
{
    internal static readonly ReplicaValue TelemetryInstanceId = new(replica => $"service.instance.id={replica.Suffix}");

    internal string For(Replica replica) => value(replica);
}
