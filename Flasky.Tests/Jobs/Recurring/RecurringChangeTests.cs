using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Recurring;

public sealed class RecurringChangeTests(Servers servers) : RecurringTest(servers)
{
    [Fact]
    public async Task PausesAndResumes()
    {
        await StartWithAsync(_ => { });
        await Recurring.SetAsync("beat", new Note("beat"), Often, cancellationToken: Cancellation);
        await Runs.NextAsync();

        Assert.True(await Recurring.PauseAsync("beat", cancellationToken: Cancellation));
        var paused = await ShowAsync("beat");
        Assert.True(paused.IsPaused);
        Assert.Null(paused.NextTick);
        Assert.Empty((await RecurringStore.DueAsync(10)).Jobs);
        await Recurring.SetAsync("beat", new Note("changed"), Often, cancellationToken: Cancellation);
        Assert.True((await ShowAsync("beat")).IsPaused);
        Assert.Equal(paused.LastTick, (await ShowAsync("beat")).LastTick);

        var resumed = await RedisNowAsync();
        Assert.True(await Recurring.ResumeAsync("beat", cancellationToken: Cancellation));
        var shown = await WaitForAsync("beat", job => job.LastTick > paused.LastTick);
        Assert.False(shown.IsPaused);
        Assert.True(shown.LastTick > resumed);
        Assert.False(await Recurring.PauseAsync("other", cancellationToken: Cancellation));
        Assert.False(await Recurring.ResumeAsync("other", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task TriggersOutOfTurnEvenWhenPaused()
    {
        await StartWithAsync(_ => { });
        await Recurring.SetAsync("rare", new Note("rare"), Hourly, cancellationToken: Cancellation);
        var next = (await ShowAsync("rare")).NextTick;

        var id = await Recurring.TriggerAsync("rare", cancellationToken: Cancellation);
        var run = await Runs.NextAsync();
        Assert.Equal((id!.Value, "rare", (DateTimeOffset?)null), (run.Context.Id, run.Job.Text, run.Context.Tick));
        Assert.Equal(next, (await ShowAsync("rare")).NextTick);

        await Recurring.PauseAsync("rare", cancellationToken: Cancellation);
        await Recurring.TriggerAsync("rare", cancellationToken: Cancellation);
        await Runs.NextAsync();
        Assert.Null(await Recurring.TriggerAsync("other", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task AChangeOfTheJobKeepsItsTickAndAChangeOfTheScheduleIsHeardAtOnce()
    {
        await StartWithAsync(_ => { });
        await App.WaitUntilIdleAsync();
        await Recurring.SetAsync("news", new Note("old"), Hourly, cancellationToken: Cancellation);
        var next = (await ShowAsync("news")).NextTick;

        await Recurring.SetAsync("news", new Note("new"), Hourly, cancellationToken: Cancellation);
        Assert.Equal(next, (await ShowAsync("news")).NextTick);

        await Recurring.SetAsync("news", new Note("often"), Often, cancellationToken: Cancellation);
        // Schedulers look by themselves every 5 seconds.
        Assert.Equal("often", (await Runs.NextAsync(seconds: 4)).Job.Text);
    }

    [Fact]
    public async Task ShowsAndRemoves()
    {
        await Recurring.SetAsync("b", new Note("x"), JobSchedule.Cron("0 7 * * MON", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")), cancellationToken: Cancellation);
        await Recurring.SetAsync("a", new Note("y"), Hourly, cancellationToken: Cancellation);

        var listed = await Recurring.ListAsync(cancellationToken: Cancellation);
        Assert.Equal(["every 3600000", "cron Europe/Berlin 0 7 * * MON"], listed.Select(job => job.Schedule));
        Assert.Equal(("default", "test.note", """{"text":"y"}""", null), (listed[0].Queue, listed[0].Job, listed[0].Arguments, listed[0].DeclaredBy));

        Assert.True(await Recurring.RemoveAsync("a", cancellationToken: Cancellation));
        Assert.False(await Recurring.RemoveAsync("a", cancellationToken: Cancellation));
        Assert.Equal("b", Assert.Single(await Recurring.ListAsync(cancellationToken: Cancellation)).Name);
    }

    [Fact]
    public async Task ARestartKeepsTheNextTickUnlessTheScheduleChanged()
    {
        using (var first = await StartWithAsync(worker => worker.Recurring("digest", new Note("old"), Hourly)))
        {
            await WaitForAsync("digest", _ => true);
            await first.StopAsync(Cancellation);
        }
        var before = await ShowAsync("digest");
        using (var second = await StartWithAsync(worker => worker.Recurring("digest", new Note("new"), Hourly)))
        {
            var after = await WaitForAsync("digest", job => job.Arguments.Contains("new", StringComparison.Ordinal));
            Assert.Equal(before.NextTick, after.NextTick);
            await second.StopAsync(Cancellation);
        }
        await StartWithAsync(worker => worker.Recurring("digest", new Note("new"), JobSchedule.Every(TimeSpan.FromHours(2))));
        Assert.True((await WaitForAsync("digest", job => job.Schedule == "every 7200000")).NextTick > before.NextTick);
    }

    [Fact]
    public async Task WhatTheCodeNoLongerDeclaresGoesOnlyIfItSaidSo()
    {
        using (var first = await StartWithAsync(worker => worker
            .Recurring("stays", new Note("x"), Hourly)
            .Recurring("goes", new Note("x"), Hourly, new RecurringOptions { RemoveWhenUndeclared = true })))
        {
            await WaitForAsync("goes", _ => true);
            await first.StopAsync(Cancellation);
        }
        await Recurring.SetAsync("added", new Note("x"), Hourly, new RecurringOptions { RemoveWhenUndeclared = true }, Cancellation);
        // Often ticks only after the declarations were written and the rest was removed.
        await StartWithAsync(worker => worker.Recurring("beat", new Note("beat"), Often));
        await Runs.NextAsync();

        Assert.Equal(["added", "beat", "stays"], (await Recurring.ListAsync(cancellationToken: Cancellation)).Select(job => job.Name));
    }

    [Fact]
    public async Task RefusesNonsense()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => JobSchedule.Every(TimeSpan.FromMilliseconds(50)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Recurring.SetAsync("Bad Name", new Note("x"), Hourly, cancellationToken: Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => Recurring.SetAsync("x", new Note("x"), Hourly, new RecurringOptions { MaxMissed = 0 }, Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => StartWithAsync(worker => worker
            .Recurring("twice", new Note("x"), Hourly).Recurring("twice", new Note("y"), Hourly)));
    }

    [Fact]
    public async Task FailsClearlyWhileRedisIsAway()
    {
        // Port 1 is reserved and nothing listens on it.
        await using var app = new JobsHost("localhost:1,connectTimeout=200");
        var recurring = (IRecurringJobs)app.Producer.Services.GetService(typeof(IRecurringJobs))!;
        await Assert.ThrowsAsync<JobQueueUnavailableException>(() => recurring.ListAsync(cancellationToken: Cancellation));
    }
}
