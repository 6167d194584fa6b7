using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Guide;

public sealed class SendLetterHandler(LetterBox box) : IJobHandler<SendLetter>
{
    public Task HandleAsync(SendLetter job, JobContext context, CancellationToken cancellationToken) => box.PutAsync(job, cancellationToken);
}

public sealed class RebuildIndexHandler(LetterBox box) : IJobHandler<RebuildIndex>
{
    public Task HandleAsync(RebuildIndex job, JobContext context, CancellationToken cancellationToken) => box.PutAsync(job, cancellationToken);
}

/// <summary>The code of docs/workers.md.</summary>
public static class WorkersExample
{
    public static void AddWorker(IHostApplicationBuilder builder)
    {
        builder.AddJobWorker("redis", worker => worker
            .Handle<SendLetter, SendLetterHandler>()
            .Handle<RebuildIndex, RebuildIndexHandler>()
            .Queue("urgent-letters")                                    // besides "letters", which the jobs name
            .Configure(options =>
            {
                options.Concurrency = 32;
                options.Lease = TimeSpan.FromSeconds(6);
                options.QueueWeights["urgent-letters"] = 3;             // three slots for one of "letters"
            }));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
    }

    public static void AddProducer(IHostApplicationBuilder builder) =>
        builder.AddFlaskyJobs("redis", options => options.EnqueueTimeout = TimeSpan.FromSeconds(2));
}
