using System.Diagnostics;
using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flasky.Tests.Jobs;

public sealed class OutageTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task EnqueueFailsClearlyAndSoonWhileRedisIsAway()
    {
        // Port 1 is reserved and nothing listens on it.
        await using var app = new JobsHost("localhost:1,connectTimeout=200", enqueueTimeout: TimeSpan.FromSeconds(1));
        var watch = Stopwatch.StartNew();
        var error = await Assert.ThrowsAsync<JobQueueUnavailableException>(() => app.Queue.EnqueueAsync(new Note("x"), cancellationToken: Cancellation));
        Assert.Contains("queue 'default'", error.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task ACommandThatTheClientGivesUpIsAnOutageAndNotACancellation()
    {
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() =>
            Task.FromCanceled<int>(new CancellationToken(canceled: true)).AnsweredAsync(TimeSpan.FromSeconds(20), TimeProvider.System, Cancellation));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new TaskCompletionSource<int>().Task.AnsweredAsync(TimeSpan.FromSeconds(20), TimeProvider.System, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task AWorkerRepeatsACommandThatTheClientGivesUp()
    {
        var guard = new RedisGuard(App.Store("worker"), TimeSpan.FromSeconds(20), "default", TimeProvider.System, NullLogger.Instance);
        var calls = 0;
        Assert.Equal(2, await guard.CallAsync(
            () => ++calls == 1 ? Task.FromCanceled<int>(new CancellationToken(canceled: true)) : Task.FromResult(calls), Cancellation));
    }

    [Fact]
    public async Task GoesOnWhenRedisLostItsScriptsAndItsData()
    {
        await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("before"), cancellationToken: Cancellation);
        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        await App.ForgetScriptsAsync();
        await App.Redis.KeyDeleteAsync(App.Keys().Ready());
        await App.Queue.EnqueueAsync(new Note("after"), cancellationToken: Cancellation);

        Assert.Equal("after", (await Runs.NextAsync()).Job.Text);
        await WaitUntilSettledAsync();
    }
}
