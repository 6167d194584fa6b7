using Flasky.Benchmarks.Queue;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Worker;

namespace Flasky.Benchmarks.Peers;

/// <summary>Ours, by the workloads of the command <c>queue</c>.</summary>
internal sealed class FlaskyJobsPeer(OwnRedis redis, WorkerProcess worker, int jobs) : IPeer
{
    private readonly Bench bench = new(redis, new QueueOptions(Json: null, Rounds: 1, jobs));

    public string Name => "Flasky.Jobs";

    public string Settings => $"one process, concurrency {QueueCommand.Concurrency}";

    public Samples Samples => bench.Samples;

    public Task EnqueueAsync(CancellationToken cancellationToken) => Enqueueing.RunAsync(bench);

    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        await Draining.RunAsync(bench, worker, cancellationToken);
        await Draining.BothAsync(bench, worker, cancellationToken);
    }

    public async Task IdleAsync(CancellationToken cancellationToken)
    {
        await Idling.RunAsync(bench, worker, cancellationToken);
        await Idling.MemoryAsync(bench, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        bench.Dispose();
        return ValueTask.CompletedTask;
    }
}
