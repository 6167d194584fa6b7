namespace Flasky.Jobs;

/// <summary>Starts and finds workflows, from any process. A singleton; safe for concurrent use.</summary>
public interface IWorkflows
{
    /// <summary>Starts a workflow. When it returns, all of it is in Redis, and workers see to the rest.</summary>
    /// <param name="workflow">What to run.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the workflow may start all the same.</param>
    /// <exception cref="ArgumentException">It has no jobs, too many, too large or too deeply nested ones, or a job has options that a member cannot have.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not take it in time; it may have started all the same.</exception>
    Task<WorkflowHandle> StartAsync(Workflow workflow, WorkflowOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>What to read, await or cancel a workflow by. Asks nobody whether there is one.</summary>
    WorkflowHandle Find(WorkflowId id);
}
