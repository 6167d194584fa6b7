using System.Globalization;
using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Context;

/// <summary>The code of docs/context.md.</summary>
internal static class ContextExample
{
    public static void AddToWeb(IHostApplicationBuilder builder)
    {
        builder.AddFlaskyJobs("redis");
        builder.AddJobContext(context => context
            .Culture()
            .Baggage("tenant")
            .HttpRequest()
            .PublicBaseUrl(services => services.GetRequiredService<IConfiguration>()["Site:PublicUrl"])
            .Carry<RegionCarrier>());
    }

    public static void AddToWorker(IHostApplicationBuilder builder)
    {
        builder.AddJobContext(context => context.Culture().Baggage("tenant").RequestId().PublicBaseUrl().Carry<RegionCarrier>());
        builder.AddJobWorker("redis", worker => worker.Handle<BuildReport, BuildReportHandler>());
    }
}

[Job("reports.build")]
public sealed record BuildReport(DateOnly Month) : IJob;

public sealed class BuildReportHandler(ReportMail mail) : IJobHandler<BuildReport>
{
    public Task HandleAsync(BuildReport job, JobContext context, CancellationToken cancellationToken)
    {
        // The month in the language of the user who asked for it, and a link back to the site.
        var title = job.Month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);
        var link = new Uri(context.PublicBaseUrl!, $"reports/{job.Month:yyyy-MM}");
        return mail.SendAsync(context.UserId!, $"{title}: {link}");
    }
}

public sealed class ReportMail(IJobContextAccessor accessor, ReportMailbox mailbox)
{
    public Task SendAsync(string userId, string text) =>
        mailbox.PutAsync($"{userId} <- {text} ({accessor.JobContext?.Carried.GetValueOrDefault("region")})");
}

public sealed class ReportMailbox
{
    private readonly TaskCompletionSource<string> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> First => first.Task;

    public Task PutAsync(string mail)
    {
        first.TrySetResult(mail);
        return Task.CompletedTask;
    }
}
