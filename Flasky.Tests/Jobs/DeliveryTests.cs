using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Flasky.Jobs;
using Flasky.Jobs.Redis;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs;

/// <summary>A job that comes while a worker is idle is handed out with the message that wakes the worker.</summary>
public sealed class DeliveryTests(Servers servers) : JobsTest(servers)
{
    private const string Args = """{"text":"ü \" , \u0000 end"}""";

    [Fact]
    public async Task AnIdleWorkerHasTheJobWithItsBell()
    {
        var (idle, bell) = await IdleAsync("idle");
        await App.Queue.EnqueueAsync(new Note("ü \" blank"), new EnqueueOptions { Priority = JobPriority.High }, Cancellation);

        var job = DeliveredJob.Read(await bell.Task, "default")!.Value.Job;

        Assert.Equal((JobPriority.High, 1, "default", ""), (job.Priority, job.Delivery, job.Queue, job.History));
        Assert.Equal(new Note("ü \" blank"), JsonSerializer.Deserialize<Note>(job.Arguments, JsonSerializerOptions.Web));
        Assert.Empty((await idle.LookAsync(10, Order)).Fetched.Jobs);
        Assert.Empty(await idle.CompleteAsync([job]));
        Assert.Equal(0, await App.Redis.StreamLengthAsync(App.Keys().Ready(JobPriority.High)));
    }

    [Fact]
    public async Task WhatHasWaitedForLongerIsDeliveredFirstWithItsHistory()
    {
        var (idle, bell) = await IdleAsync("idle");
        await App.Redis.StreamAddAsync(App.Keys().Ready(), [new("job", "id test.note 1 0 {}"), new("args", Args), new("history", "1 of 3")]);
        await App.Queue.EnqueueAsync(new Note("new"), cancellationToken: Cancellation);

        var job = DeliveredJob.Read(await bell.Task, "default")!.Value.Job;

        Assert.Equal(("id test.note 1 0 {}", Args, "1 of 3"), (job.Job, Encoding.UTF8.GetString(job.Arguments), job.History));
        Assert.Contains("new", Encoding.UTF8.GetString(Assert.Single((await idle.LookAsync(10, Order)).Fetched.Jobs).Arguments), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("limited")]
    [InlineData("cancelled")]
    [InlineData("long")]
    public async Task WhereALookHasToMindSomethingTheBellOnlyRings(string why)
    {
        var (idle, bell) = await IdleAsync("idle");
        if (why == "paused")
            await App.Operations.PauseAsync("default", Cancellation);
        if (why == "limited")
            await App.Redis.HashSetAsync(App.Keys().Limits, "queue", "5 0 0");
        if (why == "cancelled")
            await App.Redis.SortedSetAddAsync(App.Keys().Cancelled, "some id", double.PositiveInfinity);
        await App.Queue.EnqueueAsync(new Note(why == "long" ? new string('x', 65_536) : "short"), cancellationToken: Cancellation);

        Assert.Null(DeliveredJob.Read(await bell.Task, "default"));
        Assert.Equal(1, await App.Redis.StreamLengthAsync(App.Keys().Ready()));
        Assert.Equal(0, (await App.Redis.StreamPendingAsync(App.Keys().Ready(), JobKeys.Group)).PendingMessageCount);
        if (why is "cancelled" or "long")
            Assert.Single((await idle.LookAsync(10, Order)).Fetched.Jobs);
    }

    [Fact]
    public async Task AWorkerThatDiedGetsNothing()
    {
        var dead = App.Store("dead");
        await dead.CreateGroupsAsync();
        await dead.LookAsync(1, Order);
        await App.Queue.EnqueueAsync(new Note("for the living"), cancellationToken: Cancellation);

        Assert.Single((await App.Store("living").LookAsync(10, Order)).Fetched.Jobs);
    }

    [Fact]
    public async Task WhatIsDeliveredToAWorkerThatLeavesGoesBack()
    {
        var (leaving, bell) = await IdleAsync("leaving");
        await App.Queue.EnqueueAsync(new Note("unheard"), cancellationToken: Cancellation);
        await bell.Task;

        await leaving.RemoveConsumersAsync(leaving: true);

        var (taken, lost, _) = await App.Store("other").ReapAsync(TimeSpan.FromMinutes(10), 10);
        Assert.Equal((1, 0), (Assert.Single(taken).Delivery, lost));
        Assert.DoesNotContain(await App.Redis.StreamConsumerInfoAsync(App.Keys().Ready(), JobKeys.Group), consumer => consumer.Name == "leaving");
    }

    [Fact]
    public async Task ALookTellsOfJobsThatWereHandedBackUntilSomebodyTookThem()
    {
        var (leaving, other) = (App.Store("leaving"), App.Store("other"));
        await leaving.CreateGroupsAsync();
        await App.Queue.EnqueueManyAsync([new Note("1"), new Note("2")], cancellationToken: Cancellation);
        await leaving.ReleaseAsync((await leaving.LookAsync(2, Order)).Fetched.Jobs);

        Assert.True((await other.LookAsync(2, Order)).AnyHandedBack);
        Assert.Equal(2, (await other.ReapAsync(TimeSpan.FromMinutes(10), 2)).Jobs.Length);
        Assert.False((await other.LookAsync(2, Order)).AnyHandedBack);
    }

    /// <summary>Jobs one by one to two idle workers, one of them stopping now and then: each runs once.</summary>
    [Fact]
    public async Task EachDeliveredJobRunsOnceWhileWorkersComeAndGo()
    {
        const int Jobs = 400;
        var runs = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Runs.Behaviour = (run, _) =>
        {
            runs.AddOrUpdate(run.Job.Text, 1, (_, count) => count + 1);
            return Task.CompletedTask;
        };
        await StartWorkerAsync(options => options.Lease = TimeSpan.FromMinutes(10));
        for (var i = 0; i < Jobs; i += 100)
        {
            var guest = await StartWorkerAsync(options => options.Lease = TimeSpan.FromMinutes(10));
            await App.WaitUntilIdleAsync(2);
            var stopping = Task.CompletedTask;
            for (var job = i; job < i + 100; job++)
            {
                await App.Queue.EnqueueAsync(new Note($"{job}"), cancellationToken: Cancellation);
                if (job == i + 50)
                    stopping = guest.StopAsync(Cancellation);
            }
            await stopping;
        }
        await WaitUntilSettledAsync();
        Assert.Equal(Jobs, runs.Count);
        Assert.All(runs, run => Assert.Equal(1, run.Value));
    }

    private static readonly JobPriority[] Order = [JobPriority.Critical, JobPriority.High, JobPriority.Normal, JobPriority.Low];

    /// <summary>A worker that listens and found nothing to do.</summary>
    private async Task<(QueueStore Worker, TaskCompletionSource<RedisValue> Bell)> IdleAsync(string name)
    {
        var bell = new TaskCompletionSource<RedisValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        var worker = App.Store(name);
        await worker.CreateGroupsAsync();
        await App.Redis.Multiplexer.GetSubscriber().SubscribeAsync(new RedisChannel(worker.Bell, RedisChannel.PatternMode.Literal), (_, message) => bell.TrySetResult(message));
        Assert.Empty((await worker.LookAsync(1, Order)).Fetched.Jobs);
        return (worker, bell);
    }
}
