using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Limits;

public sealed class LimitsDeclarationTests(Servers servers) : LimitsTest(servers)
{
    [Fact]
    public async Task DeclaredLimitsAreThereBeforeTheFirstJobRunsAndAgainAfterRedisLostThem()
    {
        await StartListeningAsync(worker => worker.Limits(limits => limits
            .ForQueue("default", concurrency: 4, rate: JobRate.PerMinute(100, burst: 10))
            .ForJob<Charge>(concurrency: 2)
            .ForKeysOf("tenant", rate: JobRate.Per(TimeSpan.FromSeconds(10), 3))
            .ForKey("tenant:42", concurrency: 9)
            .ForEveryKey(concurrency: 1)));
        await AssertDeclaredAsync();
        await SetAsync(LimitScope.Queue, concurrency: 7);
        Assert.Equal(new JobLimit(7), (await Limits.ShowAsync(cancellationToken: Cancellation)).Limits[LimitScope.Queue]);

        await App.Redis.KeyDeleteAsync(App.Keys().Limits);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await Limits.ShowAsync(cancellationToken: Cancellation)).Limits.Count == 0)
            await Task.Delay(50, timeout.Token);
        await AssertDeclaredAsync();
    }

    [Fact]
    public async Task AProcessWithoutAWorkerDeclaresLimitsToo()
    {
        App.Configure = builder => builder.AddJobLimits("redis", limits => limits.ForQueue("mail", concurrency: 1));
        await App.Producer.StartAsync(Cancellation);
        Assert.Equal(1, (await Limits.ShowAsync("mail", Cancellation)).Limits[LimitScope.Queue].Concurrency);
    }

    [Fact]
    public async Task TheReportSaysWhoWaitsForWhat()
    {
        await SetAsync(LimitScope.Job<Charge>(), concurrency: 1);
        await SetAsync(LimitScope.KeysOf("tenant"), rate: JobRate.PerHour(1));
        var worker = await NewStoreAsync();
        for (var i = 0; i < 3; i++)
        {
            await App.Queue.EnqueueAsync(new Charge(i), cancellationToken: Cancellation);
            await EnqueueAsync($"{i}", "tenant:1");
        }
        await EnqueueAsync("free", "free");
        Assert.Equal(3, (await TakeAsync(worker, 10)).Length);
        await EnqueueAsync("free 2", "free");

        var report = await Limits.ShowAsync(cancellationToken: Cancellation);

        Assert.Equal(3, report.Running);
        Assert.Null(report.NextPermit);
        Assert.Equal([LimitScope.Job("test.charge"), LimitScope.KeysOf("tenant")], report.Limits.Keys.OrderBy(scope => scope.ToString(), StringComparer.Ordinal));
        var (charges, tenant, free) = (report.Lanes.Single(lane => lane.Job == "test.charge"), report.Lanes.Single(lane => lane.Key == "tenant:1"), report.Lanes.Single(lane => lane.Key == "free"));
        Assert.Equal((2, 2, 1), (charges.Waiting, tenant.Waiting, free.Waiting));
        var (gate, tenantGate, freeGate) = (Assert.Single(charges.Gates), Assert.Single(tenant.Gates), Assert.Single(free.Gates));
        Assert.Equal((LimitScope.Job<Charge>(), new JobLimit(1), 1, (DateTimeOffset?)null, true), (gate.Scope, gate.Limit, gate.Running, gate.NextPermit, gate.IsShut));
        Assert.Equal((LimitScope.KeysOf("tenant"), 1, true), (tenantGate.Scope, tenantGate.Running, tenantGate.IsShut));
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(tenantGate.NextPermit!.Value, now.AddMinutes(50), now.AddMinutes(61));
        Assert.Equal(((LimitScope?)null, 1, false), (freeGate.Scope, freeGate.Running, freeGate.IsShut));
    }

    [Fact]
    public async Task WhatMakesNoSenseIsRefusedWithAReason()
    {
        Assert.Contains("Limited = true", Assert.Throws<InvalidOperationException>(() => LimitScope.Job<Note>()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new JobLimit());
        Assert.Throws<ArgumentOutOfRangeException>(() => new JobLimit(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobRate.PerSecond(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobRate.PerSecond(1, burst: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => JobRate.Per(TimeSpan.FromDays(365), 1));
        Assert.Throws<ArgumentException>(() => LimitScope.KeysOf("tenant:42"));
        foreach (var key in new[] { "", "two words", "quote\"", "star*", "naïve", new string('x', 201) })
        {
            Assert.Throws<ArgumentException>(() => LimitScope.Key(key));
            Assert.Contains("limit key", (await Assert.ThrowsAsync<ArgumentException>(() => EnqueueAsync("refused", key))).Message, StringComparison.Ordinal);
        }
        var twice = await Assert.ThrowsAsync<InvalidOperationException>(() => StartListeningAsync(worker => worker.Limits(limits => limits
            .ForQueue("default", concurrency: 1).ForQueue("default", concurrency: 2))));
        Assert.Contains("Two limits", twice.Message, StringComparison.Ordinal);
    }

    private async Task AssertDeclaredAsync() => Assert.Equivalent(
        new Dictionary<LimitScope, JobLimit>
        {
            [LimitScope.Queue] = new(4, JobRate.PerMinute(100, burst: 10)),
            [LimitScope.Job<Charge>()] = new(2),
            [LimitScope.KeysOf("tenant")] = new(rate: JobRate.Per(TimeSpan.FromSeconds(10), 3)),
            [LimitScope.Key("tenant:42")] = new(9),
            [LimitScope.EveryKey] = new(1),
        }.ToHashSet(),
        (await Limits.ShowAsync(cancellationToken: Cancellation)).Limits.ToHashSet(), strict: true);
}
