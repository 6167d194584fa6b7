namespace Flasky.Jobs;

/// <summary>
/// What becomes of a chain or group when a member ends in another way than by succeeding: dead, cancelled or expired. Attempts that
/// are still to come are no end.
/// </summary>
public enum WorkflowFailurePolicy
{
    /// <summary>
    /// The default. The chain or group fails at once: what has not begun never does, and what waits or runs is cancelled. Then it counts as a
    /// failed member of what is around it.
    /// </summary>
    Stop,

    /// <summary>
    /// It goes on with what there is: the next step runs, a group waits for its other members and has then succeeded. A chain whose last
    /// step did not succeed has failed.
    /// </summary>
    Continue,

    /// <summary>
    /// A dead job holds up what follows it, and nothing else, until somebody retries it: when it then succeeds, the workflow goes on.
    /// Members that were cancelled, expired or are failed workflows themselves cannot be retried, so they stop it.
    /// </summary>
    Hold,
}
