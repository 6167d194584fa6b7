using System.Globalization;
using System.Net;
using Flasky.Data.Limits;
using Flasky.Jobs.Testing;
using Flasky.Web.Api.Limits;
using Flasky.Web.Home;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Flasky.Tests.Web.Api;

/// <summary>How many requests the API takes.</summary>
public sealed class ApiLimitTests(Site site, Servers servers) : IClassFixture<Site>
{
    private const string Posts = "/api/v1/posts/";

    private readonly string prefix = $"test-{Guid.NewGuid():N}";

    [Fact]
    public async Task LimitHoldsAcrossReplicasAndEveryAnswerTellsWhatIsLeft()
    {
        using var ada = await site.JoinAsync();
        var token = await site.TokenAsync(ada);
        await using var one = Replica();
        await using var two = Replica();
        using var first = Caller.Of(one).WithBearer(token);
        using var second = Caller.Of(two).WithBearer(token);
        for (var i = 0; i < 4; i++)
        {
            var answer = (await (i % 2 == 0 ? first : second).GetAsync(Posts)).MustBe(HttpStatusCode.OK);
            Assert.Equal("\"read\";q=4;w=14400", answer.Headers.GetValues("RateLimit-Policy").Single());
            IsLeft(answer, "read", 3 - i, i + 1);
        }
        foreach (var caller in new[] { first, second })
        {
            var limited = (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.TooManyRequests, "too many requests");
            IsLeft(limited, "read", 0, 4);
            Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        }
        // What is written is counted apart, and so is everybody else.
        var written = (await first.PostAsync(Posts, new { body = "still" })).MustBe(HttpStatusCode.Created);
        IsLeft(written, "write", 0, 1);
        (await second.PostAsync(Posts, new { body = "no more" })).MustBe(HttpStatusCode.TooManyRequests);
        using var bob = await site.JoinAsync();
        using var other = Caller.Of(one).WithBearer(await site.TokenAsync(bob));
        (await other.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RequestsWithoutCredentialsOrWithWrongOnesAreCountedByClient()
    {
        await using var replica = Replica();
        using var caller = Caller.Of(replica);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized);
        var document = (await caller.GetAsync("/api/v1/openapi.json")).MustBe(HttpStatusCode.OK);
        IsLeft(document, "anonymous", 1, 2);
        caller.WithBearer("wrong");
        var last = (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized);
        IsLeft(last, "anonymous", 0, 3);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.TooManyRequests, "too many requests");
    }

    [Fact]
    public async Task ManyRequestsAtOnceAllCount()
    {
        using var ada = await site.JoinAsync();
        await using var replica = Replica();
        using var caller = Caller.Of(replica).WithBearer(await site.TokenAsync(ada));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.GetAsync(Posts)));
        Assert.Equal(4, answers.Count(answer => answer.Status == HttpStatusCode.OK));
    }

    [Fact]
    public async Task WithoutRedisTheApiWorksAndEachReplicaCountsForItself()
    {
        using var ada = await site.JoinAsync();
        await using var alone = site.WithWebHostBuilder(web => web.UseSetting("Flasky:Api:Limits:Read:Burst", "2").UseSetting("Flasky:Api:Limits:Read:Every", "01:00:00"));
        using var caller = Caller.Of(alone).WithBearer(await site.TokenAsync(ada));
        IsLeft((await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK), "read", 1, 1);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.TooManyRequests, "too many requests");
    }

    [Fact]
    public async Task ReadingWritesNothingInTheDatabase()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        site.Statements.Take();
        for (var i = 0; i < 10; i++)
            (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        Assert.DoesNotContain(site.Statements.Take(), statement =>
            statement.Contains("INSERT", StringComparison.Ordinal) || statement.Contains("UPDATE", StringComparison.Ordinal) || statement.Contains("DELETE", StringComparison.Ordinal));
    }

    [Fact]
    public void CountsOfOneProcessComeBackWithTime()
    {
        var time = new ManualClock();
        var rates = new LocalRates(time);
        var limit = new AttemptLimit { Burst = 2, Every = TimeSpan.FromSeconds(10) };
        Assert.Equal(new TakenRequest(true, 1, TimeSpan.FromSeconds(10), TimeSpan.Zero), rates.Take(limit, "a"));
        Assert.Equal(new TakenRequest(true, 0, TimeSpan.FromSeconds(20), TimeSpan.Zero), rates.Take(limit, "a"));
        Assert.Equal(new TakenRequest(false, 0, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(10)), rates.Take(limit, "a"));
        Assert.True(rates.Take(limit, "b").IsAllowed);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(1), rates.Take(limit, "a").Wait);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(rates.Take(limit, "a").IsAllowed);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, rates.Take(limit, "a").Left);
    }

    /// <summary>That so many requests are left, and all are there again after about so many hours.</summary>
    private static void IsLeft(Answer answer, string policy, int left, int hours)
    {
        var field = answer.Headers.GetValues("RateLimit").Single();
        Assert.StartsWith($"\"{policy}\";r={left};t=", field, StringComparison.Ordinal);
        Assert.InRange(int.Parse(field[(field.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture), (hours * 3600) - 300, hours * 3600);
    }

    /// <summary>A replica that has found Redis, and waits for it however busy the machine is.</summary>
    private WebApplicationFactory<IndexModel> Replica()
    {
        var replica = site.WithWebHostBuilder(Set);
        Assert.True(replica.Services.GetRequiredService<Lazy<IConnectionMultiplexer>>().Value.IsConnected);
        return replica;
    }

    private void Set(IWebHostBuilder web)
    {
        web.UseSetting("Flasky:Api:Limits:Patience", "00:01:00");
        web.UseSetting("ConnectionStrings:redis", servers.Redis);
        web.UseSetting("Flasky:Jobs:KeyPrefix", prefix);
        foreach (var (limit, burst) in new[] { ("Read", 4), ("Write", 1), ("Anonymous", 3) })
            web.UseSetting($"Flasky:Api:Limits:{limit}:Burst", $"{burst}").UseSetting($"Flasky:Api:Limits:{limit}:Every", "01:00:00");
    }
}
