namespace Flasky.Jobs.Testing;

/// <summary>What is expected of the jobs enqueued in a test. Each throws <see cref="JobTestException"/>, whose message lists what was enqueued.</summary>
public static class TestJobsAssertions
{
    /// <summary>Expects at least one such job.</summary>
    /// <param name="jobs">The host's jobs.</param>
    /// <param name="match">What the arguments are like. Null: any.</param>
    /// <returns>The first one, to look at its queue, delay, priority and so on.</returns>
    /// <example><code>jobs.ShouldHaveEnqueued&lt;ConfirmAccount&gt;(job => job.UserId == 7);</code></example>
    public static EnqueuedJob<TJob> ShouldHaveEnqueued<TJob>(this TestJobs jobs, Func<TJob, bool>? match = null) where TJob : IJob =>
        Found(jobs, match) is [var first, ..] ? first : throw Failure<TJob>(jobs, "a job", match is not null, "there is none");

    /// <summary>Expects exactly one such job.</summary>
    /// <inheritdoc cref="ShouldHaveEnqueued"/>
    /// <returns>It.</returns>
    public static EnqueuedJob<TJob> ShouldHaveEnqueuedOnce<TJob>(this TestJobs jobs, Func<TJob, bool>? match = null) where TJob : IJob
    {
        var found = Found(jobs, match);
        return found is [var only] ? only
            : throw Failure<TJob>(jobs, "exactly one job", match is not null, found.Length == 0 ? "there is none" : $"there are {found.Length}");
    }

    /// <summary>Expects no such job.</summary>
    /// <inheritdoc cref="ShouldHaveEnqueued"/>
    public static void ShouldNotHaveEnqueued<TJob>(this TestJobs jobs, Func<TJob, bool>? match = null) where TJob : IJob
    {
        if (Found(jobs, match) is { Length: > 0 } found)
            throw Failure<TJob>(jobs, "no job", match is not null, $"there {(found.Length == 1 ? "is one" : $"are {found.Length}")}");
    }

    /// <summary>Expects no job at all.</summary>
    public static void ShouldHaveEnqueuedNothing(this TestJobs jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (jobs.Enqueued.Count > 0)
            throw new JobTestException($"Expected that nothing was enqueued.{List(jobs)}");
    }

    /// <summary>Expects these jobs, compared by their JSON, in this order; others may be between them.</summary>
    /// <param name="jobs">The host's jobs.</param>
    /// <param name="expected">In the order of their enqueues.</param>
    public static void ShouldHaveEnqueuedInOrder(this TestJobs jobs, params IReadOnlyList<IJob> expected)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(expected);
        var next = 0;
        var wanted = expected.Select(jobs.Describe).ToList();
        foreach (var job in jobs.Enqueued)
        {
            if (next < wanted.Count && (job.Name, job.Arguments) == wanted[next])
                next++;
        }
        if (next < wanted.Count)
            throw new JobTestException($"Expected {wanted.Count} jobs in order, but number {next + 1}, {wanted[next].Name} {wanted[next].Arguments}, was not enqueued{(next > 0 ? $" after {wanted[next - 1].Name} {wanted[next - 1].Arguments}" : "")}.{List(jobs)}");
    }

    private static EnqueuedJob<TJob>[] Found<TJob>(TestJobs jobs, Func<TJob, bool>? match) where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return [.. jobs.EnqueuedOf<TJob>().Where(job => match?.Invoke(job.Job) != false)];
    }

    private static JobTestException Failure<TJob>(TestJobs jobs, string what, bool narrowed, string found) where TJob : IJob =>
        new($"Expected {what} of type {typeof(TJob).Name}{(narrowed ? " that matches" : "")} to be enqueued, but {found}.{List(jobs)}");

    private static string List(TestJobs jobs) => jobs.Enqueued is { Count: > 0 } all
        ? $"{Environment.NewLine}Enqueued:{string.Concat(all.Select(job => $"{Environment.NewLine}  {job}"))}"
        : $"{Environment.NewLine}Nothing was enqueued.";
}
