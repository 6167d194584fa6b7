using Flasky.Jobs;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Recurring;

[Job("mail.digest")]
public sealed record SendDigest : IJob;

public sealed class SendDigestHandler(TextWriter output) : IJobHandler<SendDigest>
{
    public Task HandleAsync(SendDigest job, JobContext context, CancellationToken cancellationToken) =>
        output.WriteLineAsync($"The digest of {context.Tick:O}, attempt {context.Attempt}");
}

/// <summary>The code of docs/recurring-jobs.md.</summary>
public static class RecurringExample
{
    public static void AddWorker(IHostApplicationBuilder builder)
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        builder.AddJobWorker("redis", worker => worker
            .Handle<SendDigest, SendDigestHandler>()
            .Recurring("weekly-digest", new SendDigest(), JobSchedule.Cron("0 7 * * MON", berlin))
            .Recurring("heartbeat", new SendDigest(), JobSchedule.Every(TimeSpan.FromSeconds(1))));
    }

    public static async Task<JobId?> ChangeAsync(IRecurringJobs recurring, CancellationToken cancellationToken)
    {
        await recurring.SetAsync("monthly-digest", new SendDigest(), JobSchedule.Cron("0 7 L * *"),     // the last day of the month, UTC
            new RecurringOptions { MissedTicks = MissedTicks.Skip }, cancellationToken);
        await recurring.PauseAsync("heartbeat", cancellationToken: cancellationToken);
        return await recurring.TriggerAsync("weekly-digest", cancellationToken: cancellationToken);     // once, now
    }
}
