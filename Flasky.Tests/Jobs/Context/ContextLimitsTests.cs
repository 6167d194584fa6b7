using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Jobs.Context;

public sealed class ContextLimitsTests(Servers servers) : JobsTest(servers)
{
    private static readonly Action<ILogger, Exception?> Inside = LoggerMessage.Define(LogLevel.Information, default, "inside");

    private readonly Sightings sightings = new();

    [Theory]
    [InlineData("tlh-KX;xx-Nowhere")]
    [InlineData("not a culture;???")]
    [InlineData("no-separator-at-all")]
    public async Task ACultureThatTheWorkerDoesNotKnowIsLoggedAndIgnored(string culture)
    {
        var logged = Log();
        var seen = await RunAsync("ctx.culture", culture, context => context.Culture());
        Assert.Equal((CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name), (seen.Culture, seen.TextCulture));
        Assert.Contains(logged, line => line.Contains("unknown here and ignored", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("/relative")]
    [InlineData("ftp://example.com")]
    public async Task APublicBaseUrlThatIsNoneIsLoggedAndIgnored(string url)
    {
        var logged = Log();
        Assert.Null((await RunAsync("ctx.public-base-url", url, context => context.PublicBaseUrl())).Context.PublicBaseUrl);
        Assert.Contains(logged, line => line.Contains("no http address and ignored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ACarrierThatThrowsFailsTheAttemptInsteadOfRunningWithoutItsValue()
    {
        App.Configure = builder => builder.AddJobContext(context => context.Carry<RegionCarrier>());
        await App.StartWorkerAsync(worker =>
        {
            worker.Look(sightings);
            worker.Configure(options => options.MaxAttempts = 2);
        });
        var envelope = App.Queue.Create(new Look()) with { Headers = new Dictionary<string, string> { ["ctx.region"] = "atlantis" } };
        await App.Queue.SendAsync([envelope], Cancellation);
        await WaitUntilSettledAsync();
        await App.AssertDeadAsync(envelope.Id, "There is no region 'atlantis'.");
        Assert.True(sightings.NoneLeft);
    }

    [Fact]
    public void RefusesToCarryTooMuchAndNamesTheLargest()
    {
        App.Configure = builder => builder.AddJobContext(context => context.UserId(_ => new string('x', 5_000)).RequestId(_ => "1"));
        var error = Assert.Throws<InvalidOperationException>(() => App.Queue.Create(new Look()));
        Assert.Contains("'user-id' alone 5,0", error.Message, StringComparison.Ordinal);
        Assert.Contains("Flasky:Jobs:MaxContextBytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LeavesLongBaggageBehindBecauseAStrangerMayHaveWrittenIt()
    {
        var logged = Log();
        App.Configure += builder => builder.AddJobContext(context => context.Baggage("tenant", "plan"));
        using var request = new Activity("request").AddBaggage("tenant", new string('x', 257)).AddBaggage("plan", "gold").Start();
        Assert.Equal(["ctx.baggage.plan", "traceparent"], App.Queue.Create(new Look()).Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Contains(logged, line => line.Contains("'tenant' is not carried", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Tenant")]
    [InlineData("a b")]
    [InlineData("tenant\n")]
    public void RefusesAKeyThatIsNoName(string key) =>
        Assert.Throws<InvalidOperationException>(() => Host.CreateEmptyApplicationBuilder(null).AddJobContext(context => context.Baggage(key)));

    [Fact]
    public void RefusesAPublicBaseUrlThatIsNoneWhereItIsSet()
    {
        App.Configure = builder => builder.AddJobContext(context => context.PublicBaseUrl(_ => "flasky.example.com"));
        Assert.Throws<InvalidOperationException>(() => App.Queue.Create(new Look()));
    }

    [Fact]
    public void TheLastCarrierOfANameCounts()
    {
        App.Configure = builder => builder.AddJobContext(context => context.UserId(_ => "1"))
            .AddJobContext(context => context.UserId(_ => "2"));
        Assert.Equal("2", App.Queue.Create(new Look()).Headers["ctx.user-id"]);
    }

    [Fact]
    public async Task WhatTheHandlerLogsCarriesTheRequestsId()
    {
        var logged = Log();
        IHost? worker = null;
        sightings.Behaviour = () =>
        {
            Inside(worker!.Services.GetRequiredService<ILogger<ContextLimitsTests>>(), null);
            return Task.CompletedTask;
        };
        App.Configure += builder => builder.AddJobContext(context => context.RequestId(_ => "0HN7:1"));
        worker = await App.StartWorkerAsync(w => w.Look(sightings));
        await App.Queue.EnqueueAsync(new Look(), cancellationToken: Cancellation);
        await sightings.NextAsync();
        await WaitUntilSettledAsync();
        Assert.Contains(logged, line => line.Contains("inside", StringComparison.Ordinal) && line.Contains("0HN7:1", StringComparison.Ordinal));
    }

    private async Task<Sighting> RunAsync(string header, string value, Action<JobContextBuilder> carry)
    {
        App.Configure += builder => builder.AddJobContext(carry);
        await App.StartWorkerAsync(worker => worker.Look(sightings));
        var envelope = App.Queue.Create(new Look()) with { Headers = new Dictionary<string, string> { [header] = value } };
        await App.Queue.SendAsync([envelope], Cancellation);
        return await sightings.NextAsync();
    }

    private ConcurrentQueue<string> Log()
    {
        var lines = new ConcurrentQueue<string>();
        App.Configure += builder => builder.Logging.AddProvider(new ScopedLogLines(lines));
        return lines;
    }
}
