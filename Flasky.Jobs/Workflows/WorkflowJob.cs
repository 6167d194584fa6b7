namespace Flasky.Jobs;

/// <summary>Where a job of a workflow is, as its workflow sees it.</summary>
public enum WorkflowJobState
{
    /// <summary>It is not its turn yet.</summary>
    Waiting,

    /// <summary>It was enqueued; <see cref="IJobQueue.Find(JobId)"/> tells more, if it is tracked.</summary>
    Begun,

    /// <summary>As <see cref="JobState.Succeeded"/>.</summary>
    Succeeded,

    /// <summary>As <see cref="JobState.Failed"/>.</summary>
    Failed,

    /// <summary>As <see cref="JobState.Cancelled"/>.</summary>
    Cancelled,

    /// <summary>As <see cref="JobState.Expired"/>.</summary>
    Expired,

    /// <summary>What it was part of ended before its turn, so it never runs.</summary>
    Skipped,
}

/// <summary>One job of a workflow.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="Name">The wire name.</param>
/// <param name="State">Where it is.</param>
/// <param name="Error">Why it did not succeed, at most 500 characters. Null: it did, or has not ended.</param>
public sealed record WorkflowJob(JobId Id, string Name, WorkflowJobState State, string? Error);
