namespace Flasky.Jobs.Testing;

/// <summary>What is expected of runs.</summary>
public static class JobRunAssertions
{
    /// <summary>Expects each run to have succeeded.</summary>
    /// <exception cref="JobTestException">One did not; the first handler's exception is inside.</exception>
    public static IReadOnlyList<JobRun> ShouldAllSucceed(this IReadOnlyList<JobRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var others = runs.Where(run => run.State != JobState.Succeeded).ToList();
        return others.Count == 0 ? runs : throw new JobTestException(
            $"Expected all {runs.Count} run(s) to succeed, but {others.Count} did not:{string.Concat(others.Select(run => $"{Environment.NewLine}  {run}"))}",
            others.Find(run => run.Error is not null)?.Error);
    }
}
