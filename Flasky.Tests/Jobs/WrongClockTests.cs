using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs;

/// <summary>Times that two processes compare are told by the clock of Redis.</summary>
public sealed class WrongClockTests(Servers servers) : JobsTest(servers)
{
    [Theory]
    [InlineData(-3, 3_600_000, JobState.Succeeded)]
    [InlineData(3, 1, JobState.Expired)]
    public async Task AJobExpiresWhenItShouldWhateverTheClockOfItsProducerSays(int wrongByHours, int expiresAfterMs, JobState end)
    {
        App.Configure = builder => builder.Services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromHours(wrongByHours)));
        var job = App.Queue.Find(await App.Queue.EnqueueAsync(new Note("timely"),
            new EnqueueOptions { Tracked = true, ExpiresAfter = TimeSpan.FromMilliseconds(expiresAfterMs) }, Cancellation));
        App.Configure = null;

        await StartWorkerAsync();

        Assert.Equal(end, (await job.WaitAsync(Cancellation)).State);
    }

    [Fact]
    public async Task AWorkerGoesByTheClockOfRedisFromItsFirstJobOn()
    {
        var stopped = App.Store("stopped");
        await stopped.CreateGroupsAsync();
        var job = App.Queue.Find(await App.Queue.EnqueueAsync(new Note("handed back"),
            new EnqueueOptions { Tracked = true, ExpiresAfter = TimeSpan.FromHours(1) }, Cancellation));
        await stopped.ReleaseAsync((await stopped.LookAsync(1, Enum.GetValues<JobPriority>())).Fetched.Jobs);

        App.Configure = builder => builder.Services.AddSingleton<TimeProvider>(new WrongClock(TimeSpan.FromHours(3)));
        await StartWorkerAsync();

        Assert.Equal(JobState.Succeeded, (await job.WaitAsync(Cancellation)).State);
    }
}

/// <summary>A clock that goes as it should, and is wrong.</summary>
internal sealed class WrongClock(TimeSpan wrongBy) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + wrongBy;
}
