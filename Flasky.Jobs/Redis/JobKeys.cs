using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>
/// The Redis keys of one queue, built here and nowhere else. All share the hash tag <c>{prefix:queue}</c>, so a queue
/// lives in one slot of a cluster and every script touches one node.
/// </summary>
internal sealed class JobKeys(string prefix, string queue)
{
    /// <summary>The consumer group on each <see cref="Ready"/>; every worker of the queue reads through it.</summary>
    public const string Group = "workers";

    private readonly string tag = $"{{{prefix}:{queue}}}";

    /// <summary>STREAM of jobs of one priority that can run now; an entry is pending in the group while a worker holds its lease. Fields: <c>job</c> (see <see cref="WireJob"/>), <c>args</c> (JSON) and, after a failed attempt, <c>history</c>.</summary>
    public RedisKey Ready(JobPriority priority = JobPriority.Normal) => priority switch
    {
        JobPriority.Critical => $"{tag}:ready:critical",
        JobPriority.High => $"{tag}:ready:high",
        JobPriority.Low => $"{tag}:ready:low",
        _ => $"{tag}:ready",
    };

    /// <param name="stream">A priority, or <see cref="ClaimedJob.Lanes"/>.</param>
    public RedisKey Stream(JobPriority stream) => stream == ClaimedJob.Lanes ? ReadyLanes : Ready(stream);

    /// <summary>STREAM of jobs whose turn in their lane came; each is handed out in the step that adds it, so nothing of it is ever undelivered. Fields as in <see cref="Ready"/>.</summary>
    public RedisKey ReadyLanes => $"{tag}:ready:lanes";

    /// <summary>ZSET job id by the time in ms at which it became ready: jobs that wait for their turn in a lane.</summary>
    public RedisKey Waiting => $"{tag}:waiting";

    /// <summary>HASH job id to packed fields, for the members of <see cref="Waiting"/>.</summary>
    public RedisKey WaitingJobs => $"{tag}:waiting:jobs";

    /// <summary>
    /// HASH lane to the number of jobs that wait in it; a lane with none goes at its next turn. What belongs to it: <c>lane:LANE:PRIORITY</c>, a LIST of
    /// ids; <c>turns</c>, the LIST of lanes in the order of their turns; <c>parked:BUCKET</c>, the LIST of lanes that wait until a limit lets them;
    /// <c>gates</c>, a ZSET bucket by the time in ms to look again; <c>held:BUCKET</c>, a HASH job id to entry id of those that run;
    /// <c>rate:BUCKET</c> and <c>repaired:BUCKET</c>, STRINGs with a TTL.
    /// </summary>
    public RedisKey Lanes => $"{tag}:lanes";

    /// <summary>HASH what is limited to how; the empty name marks that code declared some. Configuration, kept until it is removed.</summary>
    public RedisKey Limits => $"{tag}:limits";

    /// <summary>ZSET job id by the time in ms at which its cancellation is forgotten: ready and running jobs that must not go on.</summary>
    public RedisKey Cancelled => $"{tag}:cancelled";

    /// <summary>STRING with a TTL of a day: there while jobs that were handed back wait for somebody to take them over.</summary>
    public RedisKey Released => $"{tag}:released";

    /// <summary>STRING that is there while nothing of the queue is handed out: since when, in ms.</summary>
    public RedisKey Paused => $"{tag}:paused";

    /// <summary>HASH with a TTL: what is known of one tracked job, until 30 days after its last event, or as long after its end as it asks for. Its history is a LIST beside it.</summary>
    public RedisKey Job(Guid id) => $"{tag}:job:{id:N}";

    /// <summary>STRING with a TTL: the id of the job that has a unique key.</summary>
    public RedisKey Unique(string key) => $"{tag}:unique:{key}";

    /// <summary>CHANNEL that tells the workers of a cancelled id.</summary>
    public string CancelChannel => $"{tag}:cancel";

    /// <summary>CHANNEL of what happens to one job.</summary>
    public string Events(Guid id) => $"{tag}:events:{id:N}";

    /// <summary>ZSET job id by due time in ms: delayed jobs and jobs waiting for their next attempt.</summary>
    public RedisKey Scheduled => $"{tag}:scheduled";

    /// <summary>HASH job id to packed fields, for the members of <see cref="Scheduled"/>.</summary>
    public RedisKey ScheduledJobs => $"{tag}:scheduled:jobs";

    /// <summary>ZSET job id by time of failure in ms: jobs that will not run again by themselves. Bounded.</summary>
    public RedisKey Dead => $"{tag}:dead";

    /// <summary>HASH job id to packed fields and reason, for the members of <see cref="Dead"/>.</summary>
    public RedisKey DeadJobs => $"{tag}:dead:jobs";

    /// <summary>STRING with a TTL of 30 days: how many dead jobs were let go of to make room, or by hand.</summary>
    public RedisKey DeadTrimmed => $"{tag}:dead:trimmed";

    /// <summary>SET of the bell channels of workers that found nothing to do. As small as the number of workers.</summary>
    public RedisKey Idle => $"{tag}:idle";

    /// <summary>ZSET recurring job's name by its next tick in ms; those that are paused or have no tick left are not in it.</summary>
    public RedisKey Recurring => $"{tag}:recurring";

    /// <summary>HASH recurring job's name to its definition (JSON); the empty name marks that code declared some.</summary>
    public RedisKey RecurringDefinitions => $"{tag}:recurring:definitions";

    /// <summary>SET of the names of paused recurring jobs.</summary>
    public RedisKey RecurringPaused => $"{tag}:recurring:paused";

    /// <summary>HASH recurring job's name to the last tick in ms that a job was enqueued for.</summary>
    public RedisKey RecurringLast => $"{tag}:recurring:last";

    /// <summary>CHANNEL that wakes the schedulers when a tick comes before all others.</summary>
    public string RecurringBell => $"{tag}:recurring:bell";

    /// <summary>HASH with a TTL: one workflow's state, shape and counters.</summary>
    public RedisKey Workflow(Guid id) => $"{tag}:workflow:{id:N}";

    /// <summary>HASH with a TTL: a workflow's jobs by node, as they are enqueued when it is their turn.</summary>
    public RedisKey WorkflowJobs(Guid id) => $"{tag}:workflow:{id:N}:jobs";

    /// <summary>HASH with a TTL: how far each node of a workflow is, and how many of its members are done.</summary>
    public RedisKey WorkflowNodes(Guid id) => $"{tag}:workflow:{id:N}:nodes";

    /// <summary>HASH with a TTL: the results of a workflow's jobs by node.</summary>
    public RedisKey WorkflowResults(Guid id) => $"{tag}:workflow:{id:N}:results";

    /// <summary>CHANNEL of what happens to one workflow.</summary>
    public string WorkflowEvents(Guid id) => $"{tag}:workflow:{id:N}:events";

    /// <summary>STRING with a TTL of a day that marks an id as already enqueued.</summary>
    public RedisKey Seen(Guid id) => $"{tag}:seen:{id:N}";

    /// <summary>CHANNEL that wakes one worker.</summary>
    public string Bell(string consumer) => $"{tag}:bell:{consumer}";
}
