using System.Text.Json.Nodes;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Arguments;

public sealed class VersionTests(Servers servers) : JobsTest(servers)
{
    // One job in the three shapes it has had; in life only the newest is in the code.
    [Job("test.newsletter")]
    public sealed record First(string To) : IJob;

    [Job("test.newsletter", Version = 2)]
    public sealed record Second(List<string> To) : IJob;

    [Job("test.newsletter", Version = 3)]
    public sealed record Third(List<string> To, string Language) : IJob;

    [Job("test.bad-version", Version = 0)]
    public sealed record Zeroth : IJob;

    private readonly Collected<Third> collected = new();

    [Fact]
    public async Task OldJobsAreLiftedStepByStep()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected)
            .Upcast("test.newsletter", from: 1, old => new JsonObject { ["to"] = new JsonArray(old["to"]!.DeepClone()) })
            .Upcast("test.newsletter", from: 2, old => { old["language"] = "en"; return old; }));

        await App.Queue.EnqueueAsync(new First("susan"), cancellationToken: Cancellation);
        Assert.Equivalent(new Third(["susan"], "en"), (await collected.NextAsync()).Job, strict: true);
        await App.Queue.EnqueueAsync(new Second(["susan", "david"]), cancellationToken: Cancellation);
        Assert.Equivalent(new Third(["susan", "david"], "en"), (await collected.NextAsync()).Job, strict: true);
        await App.Queue.EnqueueAsync(new Third(["susan"], "pl"), cancellationToken: Cancellation);
        var (job, context) = await collected.NextAsync();
        Assert.Equivalent(new Third(["susan"], "pl"), job, strict: true);
        Assert.Equal("test.newsletter", context.Name);
    }

    [Fact]
    public void OnlyTheFirstVersionIsUnnamed()
    {
        Assert.Equal("test.newsletter", App.Queue.Create(new First("susan")).Name);
        Assert.Equal("test.newsletter@3", App.Queue.Create(new Third([], "en")).Name);
    }

    [Fact]
    public async Task AnOldJobWithoutAnUpcasterIsParked()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected).Upcast("test.newsletter", from: 1, old => old));
        var id = await App.Queue.EnqueueAsync(new First("susan"), cancellationToken: Cancellation);
        await App.AssertDeadAsync(id, "no upcaster leads from 2 to 3");
        Assert.True(collected.NoneLeft);
    }

    [Fact]
    public async Task AnUpcasterThatThrowsOrReturnsNothingParksTheJob()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected)
            .Upcast("test.newsletter", from: 1, _ => throw new FormatException("too old"))
            .Upcast("test.newsletter", from: 2, _ => null!));
        await App.AssertDeadAsync(await App.Queue.EnqueueAsync(new First("susan"), cancellationToken: Cancellation), "from version 1 failed: too old");
        await App.AssertDeadAsync(await App.Queue.EnqueueAsync(new Second([]), cancellationToken: Cancellation), "from version 2 failed");
    }

    [Theory]
    [InlineData("[1]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{", "no JSON:")]
    public async Task WhatCannotBeLiftedIsParked(string arguments, string reason)
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected).Upcast("test.newsletter", from: 2, old => old));
        var envelope = App.Queue.Create(new Second([])) with { Arguments = arguments };
        await App.Queue.SendAsync([envelope], Cancellation);
        await App.AssertDeadAsync(envelope.Id, reason);
    }

    [Fact]
    public async Task ANewerJobWaitsForANewerWorkerAndSpendsNoAttempt()
    {
        var second = new Collected<Second>();
        var old = await App.StartWorkerAsync(worker => worker.Collect(second)
            .Configure(options => (options.UnreadableDelay, options.MaxAttempts) = (TimeSpan.FromMilliseconds(50), 1)));
        var id = await App.Queue.EnqueueAsync(new Third(["susan"], "en"), cancellationToken: Cancellation);
        await WaitUntilPostponedAsync();
        // Again and again, and it is still the first attempt.
        for (var i = 0; i < 3; i++)
        {
            await WaitUntilTakenAsync();
            await WaitUntilPostponedAsync();
        }

        await App.StartWorkerAsync(worker => worker.Collect(collected));
        await old.StopAsync(Cancellation);

        var (_, context) = await collected.NextAsync();
        Assert.Equal((id, 1), (context.Id, context.Attempt));
        await WaitUntilSettledAsync();
        Assert.True(second.NoneLeft);
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
    }

    [Fact]
    public async Task ARecurringJobKeepsItsVersion()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        await recurring.SetAsync("newsletter", new Third(["susan"], "en"), JobSchedule.Every(TimeSpan.FromDays(1)), cancellationToken: Cancellation);
        await recurring.TriggerAsync("newsletter", cancellationToken: Cancellation);
        Assert.Equivalent(new Third(["susan"], "en"), (await collected.NextAsync()).Job, strict: true);
    }

    [Theory]
    [InlineData("test.newsletter", 3)]
    [InlineData("test.newsletter", 0)]
    [InlineData("test.other", 1)]
    public void RefusesAnUpcasterThatNoHandledVersionNeeds(string job, int from) =>
        Assert.Throws<InvalidOperationException>(() => Host.CreateEmptyApplicationBuilder(null).AddJobWorker("redis",
            worker => worker.Handle<Third, CollectHandler<Third>>().Upcast(job, from, old => old)));

    [Fact]
    public void RefusesTwoUpcastersForOneVersion() =>
        Assert.Throws<InvalidOperationException>(() => Host.CreateEmptyApplicationBuilder(null).AddJobWorker("redis",
            worker => worker.Handle<Third, CollectHandler<Third>>().Upcast("test.newsletter", 1, old => old).Upcast("test.newsletter", 1, old => old)));

    [Fact]
    public void RefusesAVersionBelowOne() =>
        Assert.Throws<InvalidOperationException>(() => App.Queue.Create(new Zeroth()));

    [Theory]
    [InlineData("test.newsletter@1")]
    [InlineData("test.newsletter@x")]
    [InlineData("test.newsletter@")]
    [InlineData("test.newsletter@99999999999")]
    [InlineData("@3")]
    public async Task AVersionThatIsNoneMakesAnUnknownJob(string name)
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var envelope = App.Queue.Create(new Third([], "en")) with { Name = name };
        await App.Queue.SendAsync([envelope], Cancellation);
        await App.AssertDeadAsync(envelope.Id, "no handler");
    }

    private Task WaitUntilPostponedAsync() => UntilAsync(async () => await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled) > 0);

    private Task WaitUntilTakenAsync() => UntilAsync(async () => await App.Redis.SortedSetLengthAsync(App.Keys().Scheduled) == 0);

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        while (!await reached())
            await Task.Delay(1, timeout.Token);
    }
}
