using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Recurring;

/// <summary>Nothing scheduled for ten and a half hours; then a worker starts.</summary>
public sealed class RecurringMissedTests(Servers servers) : RecurringTest(servers)
{
    private static readonly TimeSpan Outage = TimeSpan.FromHours(10.5);

    [Fact]
    public async Task RunsOneJobForAllMissedTicks()
    {
        var tick = await LeaveBehindAsync(Outage, new RecurringOptions());
        await StartWithAsync(_ => { });

        Assert.Equal(tick.AddHours(10), (await Runs.NextAsync()).Context.Tick);
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
        Assert.Equal(tick.AddHours(11), (await ShowAsync("late")).NextTick);
    }

    [Fact]
    public async Task SkipsMissedTicks()
    {
        var tick = await LeaveBehindAsync(Outage, new RecurringOptions { MissedTicks = MissedTicks.Skip });
        await StartWithAsync(_ => { });

        var shown = await WaitForAsync("late", job => job.NextTick == tick.AddHours(11));
        Assert.Null(shown.LastTick);
        Assert.Equal(0, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task ATickThatIsOnlyALittleLateIsNotSkipped()
    {
        var tick = await LeaveBehindAsync(TimeSpan.FromSeconds(2), new RecurringOptions { MissedTicks = MissedTicks.Skip });
        await StartWithAsync(_ => { });

        Assert.Equal(tick, (await Runs.NextAsync()).Context.Tick);
    }

    [Fact]
    public async Task RunsTheNewestMissedTicksUpToTheBound()
    {
        var tick = await LeaveBehindAsync(Outage, new RecurringOptions { MissedTicks = MissedTicks.RunAll, MaxMissed = 4 });
        await StartWithAsync(_ => { });

        var ticks = new List<DateTimeOffset>();
        while (ticks.Count < 4)
            ticks.Add((await Runs.NextAsync()).Context.Tick!.Value);
        await WaitUntilSettledAsync();

        Assert.Equal([tick.AddHours(7), tick.AddHours(8), tick.AddHours(9), tick.AddHours(10)], ticks.Order());
        Assert.True(Runs.NoneLeft);
        var shown = await ShowAsync("late");
        Assert.Equal((tick.AddHours(10), tick.AddHours(11)), (shown.LastTick, shown.NextTick));
    }

    [Fact]
    public void CountsMissedTicksOfACronExpressionWithoutWalkingThroughThem()
    {
        var schedule = JobSchedule.Cron("* * * * * *");
        var tick = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var now = tick.AddYears(10).AddMilliseconds(300);

        Assert.Equal(tick.AddYears(10), schedule.Last(tick, now));
        Assert.Equal(tick, schedule.Last(tick, tick));
        var nightly = JobSchedule.Cron("30 2 * * *", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(new DateTimeOffset(2030, 3, 31, 1, 0, 0, TimeSpan.Zero),
            nightly.Last(new DateTimeOffset(2030, 3, 20, 1, 30, 0, TimeSpan.Zero), new DateTimeOffset(2030, 3, 31, 12, 0, 0, TimeSpan.Zero)));
    }
}
