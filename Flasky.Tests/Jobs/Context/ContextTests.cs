using System.Diagnostics;
using System.Globalization;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Context;

public sealed class ContextTests(Servers servers) : JobsTest(servers)
{
    private readonly Sightings sightings = new();

    [Fact]
    public async Task CarriesWhatTheApplicationAsksFor()
    {
        Carry(everywhere: context => context.Culture().Baggage("tenant").Carry<RegionCarrier>(), producer: context => context
            .UserId(_ => "42").RequestId(_ => "0HN7:1").PublicBaseUrl(_ => "https://flasky.example.com/blog"));
        await App.StartWorkerAsync(worker => worker.Look(sightings));

        var envelope = await InSurroundingsAsync(() => App.Queue.Create(new Look()));
        // Sent later, outside of the request, as an outbox does.
        await App.Queue.SendAsync([envelope], Cancellation);

        var seen = await sightings.NextAsync();
        Assert.Equal(("de-AT", "en-GB"), (seen.Culture, seen.TextCulture));
        Assert.Equal(("acme", null, "eu"), (seen.Tenant, seen.Plan, seen.Region));
        Assert.Equal(("42", "0HN7:1"), (seen.Context.UserId, seen.Context.RequestId));
        Assert.Equal(new Uri("https://flasky.example.com/blog"), seen.Context.PublicBaseUrl);
        Assert.Equal("eu", seen.Context.Carried["region"]);
        Assert.Same(seen.Context, seen.Ambient);
    }

    [Fact]
    public async Task CarriesNothingThatNobodyAskedFor()
    {
        var envelope = await InSurroundingsAsync(() => App.Queue.Create(new Look()));
        Assert.Equal(["traceparent"], envelope.Headers.Keys);
        Assert.Empty(App.Queue.Create(new Look()).Headers);
    }

    [Fact]
    public async Task PutsEverythingBackAfterTheJob()
    {
        Carry(context => context.Culture().Baggage("tenant").UserId().Carry<RegionCarrier>());
        await App.StartWorkerAsync(worker =>
        {
            worker.Look(sightings);
            worker.Configure(options => options.Concurrency = 1);
        });
        await App.Queue.SendAsync([await InSurroundingsAsync(() => App.Queue.Create(new Look()))], Cancellation);
        await App.Queue.SendAsync([App.Queue.Create(new Look()) with { Headers = new Dictionary<string, string>() }], Cancellation);

        Assert.Equal("de-AT", (await sightings.NextAsync()).Culture);
        var next = await sightings.NextAsync();
        Assert.Equal(CultureInfo.CurrentCulture.Name, next.Culture);
        Assert.Equal((null, null, null), (next.Tenant, next.Region, next.Context.UserId));
        Assert.Empty(next.Context.Carried);
    }

    [Fact]
    public async Task AJobEnqueuedInsideAJobInheritsEverything()
    {
        // Only the producer knows where the values come from; the worker's hosts do not even register some of them.
        Carry(everywhere: context => context.Culture().Baggage("tenant"), producer: context => context.UserId(_ => "42").Carry<RegionCarrier>());
        await App.StartWorkerAsync(worker => worker.Look(sightings));

        var envelope = await InSurroundingsAsync(() => App.Queue.Create(new Look(EnqueuesAnother: true)));
        await App.Queue.SendAsync([envelope], Cancellation);

        var first = await sightings.NextAsync();
        var second = await sightings.NextAsync();
        Assert.NotEqual(first.Context.Id, second.Context.Id);
        Assert.Equal(first.Context.Carried, second.Context.Carried);
        Assert.Equal(["baggage.tenant", "culture", "region", "user-id"], second.Context.Carried.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("de-AT", "acme"), (second.Culture, second.Tenant));
        Assert.Equal(first.Trace, second.Trace);
    }

    [Fact]
    public async Task TheAccessorKnowsNoJobOutsideAndAfterIt()
    {
        var late = new TaskCompletionSource();
        Task<JobContext?>? leftover = null;
        IJobContextAccessor? accessor = null;
        sightings.Behaviour = () =>
        {
            leftover = Task.Run(async () =>
            {
                await late.Task;
                return accessor!.JobContext;
            });
            return Task.CompletedTask;
        };
        var worker = await App.StartWorkerAsync(worker => worker.Look(sightings));
        accessor = worker.Services.GetRequiredService<IJobContextAccessor>();
        Assert.Null(accessor.JobContext);
        await App.Queue.EnqueueAsync(new Look(), cancellationToken: Cancellation);
        Assert.NotNull((await sightings.NextAsync()).Ambient);
        // The entry is gone only when the run has ended.
        await WaitUntilSettledAsync();

        late.SetResult();
        Assert.Null(await leftover!);
    }

    private void Carry(Action<JobContextBuilder> everywhere, Action<JobContextBuilder>? producer = null)
    {
        App.Configure = builder => builder.AddJobContext(everywhere);
        if (producer is null)
            return;
        App.Configure += builder => builder.AddJobContext(producer);
        _ = App.Producer;
        App.Configure = builder => builder.AddJobContext(everywhere);
    }

    /// <summary>In a flow of its own, so that the test's is not changed.</summary>
    private static async Task<T> InSurroundingsAsync<T>(Func<T> create)
    {
        await Task.Yield();
        using var request = new Activity("request").AddBaggage("tenant", "acme").AddBaggage("plan", "gold").Start();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-AT");
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        Region.Current = "eu";
        return create();
    }
}
