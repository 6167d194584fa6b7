using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs.Operations;

public sealed class WorkerTests(Servers servers) : OperationsTest(servers)
{
    [Fact]
    public async Task AWorkerIsPresentWhileItLives()
    {
        var host = await StartWorkerAsync(options => options.Concurrency = 3);
        var worker = Assert.Single(await WaitForWorkersAsync(1));
        Assert.Equal((Environment.MachineName, Environment.ProcessId, 3, true), (worker.Host, worker.ProcessId, worker.Concurrency, worker.IsLive));
        Assert.Equal([Queue], worker.Queues);
        Assert.InRange(worker.SeenAt - worker.StartedAt, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
        Assert.Equal([Queue], await Operations.ListQueuesAsync(Cancellation));

        await host.StopAsync(Cancellation);
        Assert.Empty(await Operations.ListWorkersAsync(Cancellation));
    }

    [Fact]
    public async Task AWorkerThatFellSilentIsListedAndNotCounted()
    {
        await StartWorkerAsync();
        var worker = Assert.Single(await WaitForWorkersAsync(1));
        var keys = new DirectoryKeys(App.Prefix);
        // As if another had died a minute ago, and a third a day ago.
        foreach (var (name, ago) in ((string, int)[])[("dead", 60), ("forgotten", 86_400)])
        {
            await App.Redis.HashSetAsync(keys.WorkerInfo, name, await App.Redis.HashGetAsync(keys.WorkerInfo, worker.Name));
            await App.Redis.SortedSetAddAsync(keys.Workers, name, worker.SeenAt.AddSeconds(-ago).ToUnixTimeMilliseconds());
        }

        Assert.Equal([true, false, false], (await Operations.ListWorkersAsync(Cancellation)).Select(listed => listed.IsLive));
        Assert.Equal(1, (await Operations.GetStatisticsAsync(Queue, Cancellation)).Workers);
        // The next heartbeat forgets it.
        await WaitForWorkersAsync(2);
        Assert.Equal(2, await App.Redis.HashLengthAsync(keys.WorkerInfo));
        Assert.NotNull(await App.Redis.KeyTimeToLiveAsync(keys.Workers));
        Assert.NotNull(await App.Redis.KeyTimeToLiveAsync(keys.WorkerInfo));
    }

    private async Task<IReadOnlyList<JobWorkerInfo>> WaitForWorkersAsync(int count)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (await Operations.ListWorkersAsync(timeout.Token) is var found && found.Count == count)
                return found;
            await Task.Delay(20, timeout.Token);
        }
    }
}
