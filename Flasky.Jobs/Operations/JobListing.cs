namespace Flasky.Jobs.Operations;

/// <summary>Makes pages of bounded steps.</summary>
internal static class JobListing
{
    /// <summary>Steps for one page: with at most 256 jobs each, that looks at some 10,000.</summary>
    private const int MostSteps = 40;

    /// <param name="step">Goes on after a place, and finds so many jobs at most.</param>
    public static async Task<JobPage> PageAsync(JobQuery query, Func<string?, int, Task<Step>> step)
    {
        if (query.PageSize is < 1 or > 256)
            throw new ArgumentException($"The page size is {query.PageSize}; it must be 1 to 256.", nameof(query));
        var jobs = new List<JobSummary>();
        var (next, looked) = (query.After, 0);
        for (var steps = 0; steps < MostSteps; steps++)
        {
            var found = await step(next, query.PageSize - jobs.Count).ConfigureAwait(false);
            jobs.AddRange(found.Jobs.Select(job => job.ToSummary()));
            (next, looked) = (found.Next, looked + found.LookedAt);
            if (next is null || jobs.Count == query.PageSize)
                break;
        }
        return new JobPage { Jobs = jobs, Next = next, LookedAt = looked };
    }
}
