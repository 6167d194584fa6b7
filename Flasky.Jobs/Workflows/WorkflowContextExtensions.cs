namespace Flasky.Jobs;

/// <summary>What a job of a workflow can read of those before it.</summary>
public static class WorkflowContextExtensions
{
    /// <summary>
    /// What the jobs of the step before came to, in the order they are written down, those of nested groups one after another. Empty: the job
    /// is the first, or part of no workflow. Each call asks Redis.
    /// </summary>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public static Task<IReadOnlyList<JobInput>> GetInputsAsync(this JobContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Inputs is { } read ? read(cancellationToken) : Task.FromResult<IReadOnlyList<JobInput>>([]);
    }

    /// <summary>The results of the step before, in order: of those jobs that succeeded and have one.</summary>
    /// <exception cref="System.Text.Json.JsonException">A result is not of this type.</exception>
    /// <exception cref="JobQueueUnavailableException">Redis did not answer in time.</exception>
    public static async Task<IReadOnlyList<T>> GetResultsAsync<T>(this JobContext context, CancellationToken cancellationToken = default)
    {
        var inputs = await context.GetInputsAsync(cancellationToken).ConfigureAwait(false);
        return [.. inputs.Where(input => input.Result is not null).Select(input => input.As<T>())];
    }

    /// <summary>The result of the one job before this one.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one result.</exception>
    /// <inheritdoc cref="GetResultsAsync{T}"/>
    public static async Task<T> GetResultAsync<T>(this JobContext context, CancellationToken cancellationToken = default) =>
        await context.GetResultsAsync<T>(cancellationToken).ConfigureAwait(false) is [var only] ? only
            : throw new InvalidOperationException($"The step before job {context.Id} does not have exactly one result.");
}
