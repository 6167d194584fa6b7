using System.Threading.Channels;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Arguments;

/// <summary>The jobs of one type that were run, in order, for tests to wait on.</summary>
public sealed class Collected<TJob> where TJob : IJob
{
    private readonly Channel<(TJob Job, JobContext Context)> runs = Channel.CreateUnbounded<(TJob, JobContext)>();

    public bool NoneLeft => !runs.Reader.TryPeek(out _);

    public void Add(TJob job, JobContext context) => runs.Writer.TryWrite((job, context));

    public async Task<(TJob Job, JobContext Context)> NextAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        return await runs.Reader.ReadAsync(timeout.Token);
    }
}

public sealed class CollectHandler<TJob>(Collected<TJob> collected) : IJobHandler<TJob> where TJob : IJob
{
    public Task HandleAsync(TJob job, JobContext context, CancellationToken cancellationToken)
    {
        collected.Add(job, context);
        return Task.CompletedTask;
    }
}

public static class CollectedExtensions
{
    public static JobWorkerBuilder Collect<TJob>(this JobWorkerBuilder worker, Collected<TJob> collected) where TJob : IJob
    {
        worker.Services.AddSingleton(collected);
        return worker.Handle<TJob, CollectHandler<TJob>>();
    }
}
