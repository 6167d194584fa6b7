namespace Flasky.Jobs;

/// <summary>Where a workflow is. The last three are ends.</summary>
public enum WorkflowState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Under way, but at least one dead job holds up what follows it; see <see cref="WorkflowFailurePolicy.Hold"/>.</summary>
    Held,

    /// <summary>It came to its end, as its failure policies see it.</summary>
    Succeeded,

    /// <summary>A member did not succeed, and the policy was to stop.</summary>
    Failed,

    /// <summary>Somebody cancelled it. Jobs that were running have been told, and may take a moment.</summary>
    Cancelled,
}

/// <summary>What is known of a workflow at one moment. Immutable.</summary>
public sealed record WorkflowStatus
{
    /// <summary>The workflow's id.</summary>
    public required WorkflowId Id { get; init; }

    /// <summary>Where it is.</summary>
    public required WorkflowState State { get; init; }

    /// <summary>All its jobs.</summary>
    public required int Jobs { get; init; }

    /// <summary>Those that succeeded.</summary>
    public required int SucceededJobs { get; init; }

    /// <summary>Those that ended in another way, until a retry succeeds.</summary>
    public required int FailedJobs { get; init; }

    /// <summary>By Redis's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>By Redis's clock. Null: it has not ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it failed. Null: it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Whether nothing follows by itself.</summary>
    public bool HasEnded => State >= WorkflowState.Succeeded;
}
