using Flasky.Jobs;
using OpenTelemetry;
var builder = WebApplication.CreateBuilder(args);
builder.AddJobWorker("redis", worker => worker.HandleAll());
builder.Services.AddOpenTelemetry().UseOtlpExporter()
    .WithTracing(traces => traces.AddSource("Microsoft.AspNetCore", "Flasky.Jobs")).WithMetrics(metrics => metrics.AddMeter("Flasky.Jobs"));
var app = builder.Build();
app.MapHealthChecks("/health");
app.MapPost("/welcome/{user}", (string user, IJobQueue queue) => queue.EnqueueAsync(new Welcome(user)));
app.Run();

[Job("mail.welcome")] public sealed record Welcome(string User) : IJob;
public sealed class WelcomeHandler(ILogger<WelcomeHandler> log) : IJobHandler<Welcome> {
    public async Task HandleAsync(Welcome job, JobContext context, CancellationToken cancellationToken) => log.LogInformation("{User} is welcome: {Result}",
        job.User, context.Attempt > 1 ? "sent" : throw new TimeoutException("The mail server is busy."));
}
