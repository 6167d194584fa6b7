using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Peers;

/// <summary>A job queue on which the workloads can be run, any number of times. Not thread-safe.</summary>
internal interface IPeer : IAsyncDisposable
{
    /// <summary>With the version, for people.</summary>
    string Name { get; }

    /// <summary>What it runs with that is not its default.</summary>
    string Settings { get; }

    /// <summary>What was measured so far, by the names of <see cref="Queue.Names"/>; a round adds as many values of each as any other.</summary>
    Samples Samples { get; }

    /// <summary>Enqueues one by one and in bulk, and sees what a queued job takes.</summary>
    Task EnqueueAsync(CancellationToken cancellationToken);

    /// <summary>Drains a full queue, and enqueues and drains at once.</summary>
    Task WorkAsync(CancellationToken cancellationToken);

    /// <summary>Lets an idle worker start jobs that come one at a time, and do nothing.</summary>
    Task IdleAsync(CancellationToken cancellationToken);
}
