using System.ComponentModel.DataAnnotations;

namespace Flasky.Jobs;

/// <summary>What producers and workers of one application share. Section <c>Flasky:Jobs</c>.</summary>
public sealed class FlaskyJobsOptions
{
    /// <summary>Starts every Redis key, so applications can share a server. Default: <c>flasky</c>.</summary>
    [Required, RegularExpression("^[A-Za-z0-9_.-]{1,64}$", ErrorMessage = "Flasky:Jobs:KeyPrefix must be 1 to 64 letters, digits, '_', '.' or '-'.")]
    public string KeyPrefix { get; set; } = "flasky";

    /// <summary>How long an enqueue waits for Redis before it fails. Default: 2 seconds.</summary>
    [Duration("00:00:00.010", "00:01:00")]
    public TimeSpan EnqueueTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The most bytes one job's arguments may take as they are stored: as JSON, and encrypted where they are. Default: 128 KiB. Large data belongs in storage; pass its key.</summary>
    [Range(64, 16 * 1024 * 1024)]
    public int MaxArgumentsBytes { get; set; } = 128 * 1024;

    /// <summary>The most bytes one job may carry of its surroundings (see <see cref="JobContextBuilder"/>), names included; the enqueue of one that would carry more throws. Default: 4 KiB.</summary>
    [Range(0, 64 * 1024)]
    public int MaxContextBytes { get; set; } = 4 * 1024;

    /// <summary>How long sending the same id again is recognised. Default: one day.</summary>
    [Duration("00:00:01", "30.00:00:00")]
    public TimeSpan DeduplicationWindow { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long state, history and result of a tracked job can be read after it ended. Default: one day. Until then they are kept for as long as it
    /// waits or runs: for 30 days (or this time, if it is longer) after its last event or progress, beyond its delay.
    /// </summary>
    [Duration("00:00:01", "365.00:00:00")]
    public TimeSpan TrackedFor { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The most jobs one workflow may have. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWorkflowJobs { get; set; } = 10_000;

    /// <summary>The most bytes that the jobs of one workflow may take, and again its results. Default: 16 MiB.</summary>
    [Range(1024, 512 * 1024 * 1024)]
    public int MaxWorkflowBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How long a workflow is kept in which nothing happens, not counting the delays of its jobs: should a job of it be lost, it is forgotten
    /// then. Default: 30 days. One that has ended is kept for <see cref="TrackedFor"/>.
    /// </summary>
    [Duration("00:00:10", "365.00:00:00")]
    public TimeSpan WorkflowKeptFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether a worker or scheduler refuses to start on a Redis whose <c>maxmemory-policy</c> is not <c>noeviction</c>, and producers warn of
    /// one: it may drop jobs, and what keeps them from running twice, when its memory is short. Default: true.
    /// </summary>
    public bool RefuseEviction { get; set; } = true;
}
