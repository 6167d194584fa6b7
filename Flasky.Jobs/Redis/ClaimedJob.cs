namespace Flasky.Jobs.Redis;

/// <summary>A job handed out to this process, as Redis has it: nothing is decoded yet, so nothing here can be invalid.</summary>
internal sealed class ClaimedJob
{
    /// <summary>In place of a priority: the stream of jobs whose turn in their lane came. What priority such a job has only its headers say.</summary>
    public const JobPriority Lanes = (JobPriority)5;

    public required string EntryId { get; init; }
    public required string Queue { get; init; }

    /// <summary>Which of the queue's streams the entry is in.</summary>
    public required JobPriority Priority { get; init; }

    public required int Delivery { get; init; }

    /// <summary>The <c>job</c> field; see <see cref="WireJob"/>.</summary>
    public required string Job { get; init; }

    public required byte[] Arguments { get; init; }

    /// <summary>The failed attempts so far; see <see cref="JobHistory"/>. Empty: none.</summary>
    public string History { get; init; } = "";

    /// <summary>The job's id as it is spelled in Redis: the first word of <see cref="Job"/>.</summary>
    public string Id => Job.IndexOf(' ', StringComparison.Ordinal) is var end and > 0 ? Job[..end] : Job;
}
