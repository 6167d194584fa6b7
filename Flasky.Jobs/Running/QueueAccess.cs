using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>What running a job needs of its queue. Thread-safe.</summary>
internal abstract class QueueAccess(RedisClock clock)
{
    /// <summary>Who runs the job.</summary>
    public abstract string Consumer { get; }

    /// <summary>The queue's clock.</summary>
    public RedisClock Clock => clock;

    /// <summary>Notes that the job begins to run.</summary>
    /// <returns>Refused also if there was no time left to ask.</returns>
    public abstract Task<StartReply> StartAsync(DecodedJob job);

    /// <summary>Where the job's progress goes.</summary>
    /// <param name="job">The job.</param>
    /// <param name="tracked">Whether it is kept, and not only told.</param>
    public abstract ProgressReports ProgressOf(ClaimedJob job, bool tracked);
}
