using Flasky.Jobs;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Limits;

/// <summary>The code of docs/limits.md.</summary>
internal static class LimitsExample
{
    public static void AddToWorker(IHostApplicationBuilder builder)
    {
        builder.AddJobWorker("redis", worker => worker
            .Handle<ExportInvoices, ExportInvoicesHandler>()
            .Limits(limits => limits
                .ForQueue("mail", concurrency: 4, rate: JobRate.PerMinute(100, burst: 10))
                .ForJob<ExportInvoices>(concurrency: 2)
                .ForKeysOf("tenant", concurrency: 1, rate: JobRate.PerSecond(5), queue: "exports")
                .ForKey("tenant:42", concurrency: 4, queue: "exports")));
    }

    public static Task<JobId> ExportAsync(IJobQueue queue, int tenantId) =>
        queue.EnqueueAsync(new ExportInvoices(tenantId), new EnqueueOptions { LimitKey = $"tenant:{tenantId}" });

    public static async Task<string> SlowDownAsync(IJobLimits limits)
    {
        await limits.SetAsync(LimitScope.Key("tenant:7"), new JobLimit(rate: JobRate.PerHour(10)), "exports");
        await limits.RemoveAsync(LimitScope.Key("tenant:42"), "exports");
        var report = await limits.ShowAsync("exports");
        return report.Lanes is [var longest, ..] ? $"{longest.Key}: {longest.Waiting} wait, {longest.Gates[0].Running} run" : "nobody waits";
    }
}

[Job("invoices.export", Queue = "exports", Limited = true)]
public sealed record ExportInvoices(int TenantId) : IJob;

public sealed class ExportInvoicesHandler(Exported exported) : IJobHandler<ExportInvoices>
{
    public async Task HandleAsync(ExportInvoices job, JobContext context, CancellationToken cancellationToken) => await exported.RunAsync(job.TenantId, cancellationToken);
}

/// <summary>What the example's handler does.</summary>
public sealed class Exported(Func<int, CancellationToken, Task> run)
{
    public Task RunAsync(int tenantId, CancellationToken cancellationToken) => run(tenantId, cancellationToken);
}
