namespace Flasky.Jobs;

/// <summary>How a workflow is started; everything is optional.</summary>
public sealed record WorkflowOptions
{
    /// <summary>
    /// The id to use. Null: a new one. Starting the same id again does nothing while the first one is known, so who does not know whether
    /// the last try arrived can simply repeat it.
    /// </summary>
    public Guid? Id { get; init; }

    /// <summary>The queue whose keys hold the state, and whose workers start it. Null: the queue of the first job.</summary>
    public string? Queue { get; init; }
}
