using Flasky.Jobs.Workflows;

namespace Flasky.Jobs;

/// <summary>
/// One workflow, seen from any process. Thread-safe; holds nothing open. Waiting costs Redis nothing: the workers tell when a job has
/// ended, and only a broken connection or half a minute of silence makes the handle look again.
/// </summary>
public sealed class WorkflowHandle
{
    private readonly WorkflowReader reader;
    private readonly WorkflowEngine engine;

    internal WorkflowHandle(WorkflowId id, WorkflowReader reader, WorkflowEngine engine) => (Id, this.reader, this.engine) = (id, reader, engine);

    /// <summary>The workflow's id.</summary>
    public WorkflowId Id { get; }

    /// <summary>How it stands now. Null: nothing is known of it, or it ended longer ago than <see cref="FlaskyJobsOptions.TrackedFor"/>.</summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public Task<WorkflowStatus?> GetStatusAsync(CancellationToken cancellationToken = default) => reader.StatusAsync(Id, cancellationToken);

    /// <summary>Every job of it, in the order they are written down, and where each is. Empty: nothing is known of the workflow.</summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public Task<IReadOnlyList<WorkflowJob>> GetJobsAsync(CancellationToken cancellationToken = default) => reader.JobsAsync(Id, cancellationToken);

    /// <summary>The status now, then again as its jobs end, until it has ended. Changes that follow each other closely may be seen as one.</summary>
    /// <exception cref="InvalidOperationException">Nothing is known of the workflow, or it is too long ago.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time. Later failures are waited out.</exception>
    public IAsyncEnumerable<WorkflowStatus> WatchAsync(CancellationToken cancellationToken = default) => reader.WatchAsync(Id, cancellationToken);

    /// <summary>Waits until the workflow has ended, however it did. One that is held has not.</summary>
    /// <param name="cancellationToken">Ends the wait, not the workflow.</param>
    /// <exception cref="InvalidOperationException">Nothing is known of the workflow, or it is too long ago.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer the first look in time.</exception>
    public async Task<WorkflowStatus> WaitAsync(CancellationToken cancellationToken = default)
    {
        WorkflowStatus? last = null;
        await foreach (var status in WatchAsync(cancellationToken).ConfigureAwait(false))
            last = status;
        return last!;
    }

    /// <summary>Waits for the end, and returns the results of the last step, in order: of those jobs that succeeded and have one.</summary>
    /// <exception cref="WorkflowFailedException">It failed or was cancelled.</exception>
    /// <exception cref="InvalidOperationException">Nothing is known of the workflow, or it is too long ago.</exception>
    /// <exception cref="System.Text.Json.JsonException">A result is not of this type.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public async Task<IReadOnlyList<T>> GetResultsAsync<T>(CancellationToken cancellationToken = default)
    {
        var status = await WaitAsync(cancellationToken).ConfigureAwait(false);
        if (status.State != WorkflowState.Succeeded)
            throw new WorkflowFailedException(status);
        var outputs = await reader.OutputsAsync(Id, cancellationToken).ConfigureAwait(false);
        return [.. outputs.Where(output => output.Result is not null).Select(output => output.As<T>())];
    }

    /// <summary>As <see cref="GetResultsAsync{T}"/>, for a workflow that ends with one job.</summary>
    /// <inheritdoc cref="GetResultsAsync{T}"/>
    /// <exception cref="InvalidOperationException">There is not exactly one result.</exception>
    public async Task<T> GetResultAsync<T>(CancellationToken cancellationToken = default) =>
        await GetResultsAsync<T>(cancellationToken).ConfigureAwait(false) is [var only] ? only
            : throw new InvalidOperationException($"Workflow {Id} does not end with exactly one result.");

    /// <summary>
    /// Cancels the workflow and everything nested in it: what has not begun never does, what waits is gone, what runs has its token
    /// cancelled. Cancelled is an end: nothing that a job still does changes it. Doing so twice is harmless.
    /// </summary>
    /// <returns>False if it had ended before, or nothing is known of it.</returns>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time. If it took the cancellation, workers see to the rest.</exception>
    public Task<bool> CancelAsync(CancellationToken cancellationToken = default) => engine.CancelAsync(Id, cancellationToken);
}
