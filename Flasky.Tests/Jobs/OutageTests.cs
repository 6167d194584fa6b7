using System.Diagnostics;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class OutageTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task EnqueueFailsClearlyAndSoonWhileRedisIsAway()
    {
        // Port 1 is reserved and nothing listens on it.
        await using var app = new JobsHost("localhost:1,connectTimeout=200", TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<JobQueueUnavailableException>(() => app.Queue.EnqueueAsync(new Note("x"), cancellationToken: Cancellation));
        Assert.Contains("queue 'default'", error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task GoesOnWhenRedisLostItsScriptsAndItsData()
    {
        await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("before"), cancellationToken: Cancellation);
        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        await App.Redis.ExecuteAsync("SCRIPT", "FLUSH");
        await App.Redis.KeyDeleteAsync(App.Keys().Ready());
        await App.Queue.EnqueueAsync(new Note("after"), cancellationToken: Cancellation);

        Assert.Equal("after", (await Runs.NextAsync()).Job.Text);
        await WaitUntilSettledAsync();
    }
}
