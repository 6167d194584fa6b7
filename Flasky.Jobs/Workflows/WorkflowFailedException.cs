namespace Flasky.Jobs;

/// <summary>A workflow whose results somebody waits for failed or was cancelled.</summary>
public sealed class WorkflowFailedException : Exception
{
    internal WorkflowFailedException(WorkflowStatus status)
        : base($"Workflow {status.Id} has no results: it {(status.State == WorkflowState.Cancelled ? "was cancelled" : "failed")}{(status.Error is { } error ? $" ({error})" : "")}.") =>
        Status = status;

    /// <summary>How it ended.</summary>
    public WorkflowStatus Status { get; }
}
