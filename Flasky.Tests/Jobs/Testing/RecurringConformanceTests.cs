using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Testing;

public abstract class RecurringConformanceTests(QueueUnderTest tested) : ConformanceTests(tested)
{
    private IRecurringJobs Recurring => Tested.Services.GetRequiredService<IRecurringJobs>();

    [Fact]
    public async Task TicksAtItsIntervalUntilItIsPaused()
    {
        await Tested.StartWorkerAsync();
        await Recurring.SetAsync("often", new Note("tick"), JobSchedule.Every(TimeSpan.FromMilliseconds(300)), cancellationToken: Cancel);
        var seen = new List<Run>();
        await Tested.UntilAsync(async () =>
        {
            while (!Runs.NoneLeft)
                seen.Add(await Runs.NextAsync());
            return seen.Count >= 3;
        });
        Assert.All(seen, run => Assert.NotNull(run.Context.Tick));
        Assert.Equal(seen.Count, seen.Select(run => run.Context.Tick).Distinct().Count());
        Assert.True(await Recurring.PauseAsync("often", cancellationToken: Cancel));
        var paused = Assert.Single(await Recurring.ListAsync(cancellationToken: Cancel));
        Assert.Equal((true, null, "every 300", "test.note"), (paused.IsPaused, paused.NextTick, paused.Schedule, paused.Job));
        Assert.True(paused.LastTick >= seen[2].Context.Tick);
    }

    [Fact]
    public async Task IsChangedResumedTriggeredAndRemoved()
    {
        await Recurring.SetAsync("daily", new Note("daily"), JobSchedule.Cron("0 7 * * *"), cancellationToken: Cancel);
        var first = Assert.Single(await Recurring.ListAsync(cancellationToken: Cancel));
        await Recurring.SetAsync("daily", new Note("changed"), JobSchedule.Cron("0 7 * * *"), cancellationToken: Cancel);
        Assert.Equal(first.NextTick, Assert.Single(await Recurring.ListAsync(cancellationToken: Cancel)).NextTick);
        Assert.True(await Recurring.PauseAsync("daily", cancellationToken: Cancel));
        Assert.True(await Recurring.ResumeAsync("daily", cancellationToken: Cancel));
        Assert.Equal(first.NextTick, Assert.Single(await Recurring.ListAsync(cancellationToken: Cancel)).NextTick);
        Assert.NotNull(await Recurring.TriggerAsync("daily", cancellationToken: Cancel));
        await Tested.StartWorkerAsync();
        await Tested.UntilAsync(() => Task.FromResult(!Runs.NoneLeft));
        Assert.Equal("changed", (await Runs.NextAsync()).Job.Text);
        Assert.True(await Recurring.RemoveAsync("daily", cancellationToken: Cancel));
        Assert.False(await Recurring.RemoveAsync("daily", cancellationToken: Cancel));
        Assert.False(await Recurring.PauseAsync("daily", cancellationToken: Cancel));
        Assert.Null(await Recurring.TriggerAsync("daily", cancellationToken: Cancel));
        Assert.Empty(await Recurring.ListAsync(cancellationToken: Cancel));
    }
}

public sealed class RecurringInMemoryTests() : RecurringConformanceTests(new QueueInMemory());

public sealed class RecurringInRedisTests(Servers servers) : RecurringConformanceTests(new QueueInRedis(servers));
