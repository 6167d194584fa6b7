using Flasky.Jobs.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class AccountSweepTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task SessionsThatNobodyUsesAreDeletedOneDay()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        // A replica whose clock is years ahead.
        var time = new ManualClock();
        await using var later = site.WithWebHostBuilder(web => web.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(time)));
        later.StartServer();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "UserSessions" """) > 0)
        {
            time.Advance(TimeSpan.FromMinutes(10));
            await Task.Delay(20, limit.Token);
        }
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
    }
}
