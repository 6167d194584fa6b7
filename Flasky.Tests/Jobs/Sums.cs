using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

[Job("test.sum")]
public sealed record Sum(int[] Terms) : IJob<Total>;

public sealed record Total(int Value);

public sealed class SumHandler : IJobHandler<Sum, Total>
{
    public Task<Total> HandleAsync(Sum job, JobContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i <= job.Terms.Length; i++)
            context.ReportProgress((double)i / Math.Max(1, job.Terms.Length), $"{i} terms");
        return job.Terms.Length > 0 ? Task.FromResult(new Total(job.Terms.Sum())) : throw new JobDiscardedException("Nothing to add.");
    }
}
