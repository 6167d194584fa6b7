using Flasky.Jobs;
using Flasky.Jobs.Recurring;
using Flasky.Jobs.Redis;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Recurring;

public sealed class RecurringTickTests(Servers servers) : RecurringTest(servers)
{
    [Fact]
    public async Task ManySchedulersEnqueueEachTickOnce()
    {
        for (var i = 0; i < 4; i++)
            await StartWithAsync(worker => worker.Recurring("beat", new Note("beat"), Often, new RecurringOptions { MissedTicks = MissedTicks.RunAll, MaxMissed = 256 }));

        var runs = new List<Run>();
        while (runs.Count < 20)
            runs.Add(await Runs.NextAsync());

        var ticks = runs.Select(run => run.Context.Tick!.Value).Order().ToList();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => ticks[0].AddMilliseconds(200 * i)), ticks);
        Assert.Equal(20, runs.Select(run => run.Context.Id).Distinct().Count());
    }

    [Fact]
    public async Task OneOfManyThatTryATickAtOnceWinsAndTryingAgainDoesNothing()
    {
        await LeaveBehindAsync(TimeSpan.FromMinutes(1), new RecurringOptions());
        var look = await RecurringStore.DueAsync(10);
        var due = Assert.Single(look.Jobs);

        var won = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => TickAsync(due, look.Now))));

        Assert.Single(won, true);
        Assert.False(await TickAsync(due, look.Now));
        Assert.Equal(1, await App.Redis.StreamEntriesAsync(App.Keys().Ready()));
        Assert.Equal(due.Tick, (await ShowAsync("late")).LastTick);
    }

    [Fact]
    public async Task ATickFromAnEarlierDefinitionEnqueuesNothing()
    {
        await LeaveBehindAsync(TimeSpan.FromMinutes(1), new RecurringOptions());
        var look = await RecurringStore.DueAsync(10);
        await Recurring.SetAsync("late", new Note("changed"), Hourly, cancellationToken: Cancellation);

        Assert.False(await TickAsync(look.Jobs[0], look.Now));
        Assert.True(await TickAsync((await RecurringStore.DueAsync(10)).Jobs[0], look.Now));
    }

    [Fact]
    public async Task AProcessThatRunsNoJobsCanSchedule()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.Sources.Add(new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:redis"] = App.Redis.Multiplexer.Configuration,
                ["Flasky:Jobs:KeyPrefix"] = App.Prefix,
            },
        });
        builder.AddJobScheduler("redis", scheduler => scheduler.Recurring("alone", new Note("alone"), Often));
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        await WaitForAsync("alone", job => job.LastTick is not null);
        await host.StopAsync(Cancellation);

        Assert.True(await App.Redis.StreamEntriesAsync(App.Keys().Ready()) > 0);
    }

    [Fact]
    public async Task GoesOnWhenRedisLostItsScriptsAndItsData()
    {
        await StartWithAsync(worker => worker.Recurring("beat", new Note("beat"), Often));
        await Runs.NextAsync();

        await App.Redis.ExecuteAsync("SCRIPT", "FLUSH");
        var flushed = await RedisNowAsync();
        await WaitForAsync("beat", job => job.LastTick > flushed);

        var keys = App.Keys();
        await App.Redis.KeyDeleteAsync([keys.Recurring, keys.RecurringDefinitions, keys.RecurringLast, keys.RecurringPaused, keys.Ready()]);
        var lost = await RedisNowAsync();
        await WaitForAsync("beat", job => job.LastTick > lost);
    }

    [Fact]
    public async Task ADefinitionThatCannotBeReadHoldsUpNoOther()
    {
        var keys = App.Keys();
        await App.Redis.HashSetAsync(keys.RecurringDefinitions, "future", """{"when":"moon full"}""");
        await App.Redis.SortedSetAddAsync(keys.Recurring, "future", 1);
        await App.Redis.HashSetAsync(keys.RecurringDefinitions, "beat", "no JSON");
        await App.Redis.SortedSetAddAsync(keys.Recurring, "beat", 1);

        await StartWithAsync(worker => worker.Recurring("beat", new Note("beat"), Often));

        await Runs.NextAsync();
        await Runs.NextAsync();
        Assert.Equal(1, await App.Redis.SortedSetScoreAsync(keys.Recurring, "future"));
    }

    private Task<bool> TickAsync(DueJob due, DateTimeOffset now)
    {
        var definition = RecurringDefinition.Read(due.Definition);
        var ticks = DueTicks.Of(JobSchedule.Parse(definition.When), definition, due.Tick, now);
        var job = new WireJob(RecurringHeaders.Id("default", due.Name, due.Tick).Value.ToString("N"), definition.Job, 0, now.ToUnixTimeMilliseconds(), "");
        return RecurringStore.TickAsync(due, ticks, [job], definition);
    }
}
