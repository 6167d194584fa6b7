using Flasky.Data.Limits;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Data;

public sealed class AttemptLimitsTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private static readonly AttemptLimit Three = new() { Burst = 3, Every = TimeSpan.FromHours(1) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AfterTheBurstItSaysHowLongToWait()
    {
        using var host = database.CreateHost();
        for (var i = 0; i < 3; i++)
        {
            Assert.Null(await TakeAsync(host, "ada"));
        }
        Assert.InRange((await TakeAsync(host, "ada"))!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
        // What was refused was not counted: the wait does not grow.
        Assert.InRange((await TakeAsync(host, "ada"))!.Value, TimeSpan.FromMinutes(55), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task AttemptsAreForgottenOneByOne()
    {
        using var host = database.CreateHost();
        for (var i = 0; i < 3; i++)
        {
            await TakeAsync(host, "bea");
        }
        await database.ScalarAsync<int>("""UPDATE attempt_counts SET free_at = free_at - interval '1 hour' RETURNING 1""");
        Assert.Null(await TakeAsync(host, "bea"));
        Assert.NotNull(await TakeAsync(host, "bea"));
    }

    [Fact]
    public async Task OfManyAtTheSameMomentAsManyAsTheBurstGoThrough()
    {
        using var host = database.CreateHost();
        var waits = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TakeAsync(host, "cleo")));
        Assert.Equal(3, waits.Count(wait => wait is null));
        Assert.All(waits, wait => Assert.True(wait is null || wait > TimeSpan.Zero));
    }

    [Fact]
    public async Task SubjectsAndActionsAreApart()
    {
        using var host = database.CreateHost();
        for (var i = 0; i < 3; i++)
        {
            await TakeAsync(host, "dora");
        }
        Assert.NotNull(await TakeAsync(host, "dora"));
        Assert.Null(await TakeAsync(host, "eve"));
        Assert.Null(await TakeAsync(host, "dora", action: "other"));
    }

    [Fact]
    public async Task SuccessForgetsThemAll()
    {
        using var host = database.CreateHost();
        for (var i = 0; i < 3; i++)
        {
            await TakeAsync(host, "finn");
        }
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AttemptLimits>().ForgetAsync("login", "finn", Cancel);
        Assert.Null(await TakeAsync(host, "finn"));
    }

    [Fact]
    public async Task SweepTakesWhatLimitsNothingAndNothingElse()
    {
        using var host = database.CreateHost();
        await TakeAsync(host, "gus");
        await using var scope = host.Services.CreateAsyncScope();
        var limits = scope.ServiceProvider.GetRequiredService<AttemptLimits>();
        await limits.TakeAsync(new AttemptLimit { Burst = 1, Every = TimeSpan.FromMicroseconds(1) }, "brief", "gus", Cancel);
        Assert.InRange(await limits.SweepAsync(Cancel), 1, int.MaxValue);
        Assert.Equal(0, await limits.SweepAsync(Cancel));
        Assert.InRange(await database.ScalarAsync<long>("SELECT count(*) FROM attempt_counts"), 1, long.MaxValue);
    }

    private static async Task<TimeSpan?> TakeAsync(IHost host, string subject, string action = "login")
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AttemptLimits>().TakeAsync(Three, action, subject, Cancel);
    }
}
