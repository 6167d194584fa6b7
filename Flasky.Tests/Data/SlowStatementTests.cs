using Flasky.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Data;

public sealed class SlowStatementTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    [Fact]
    public async Task OnlySlowStatementsAreLoggedAndWithoutTheirParameters()
    {
        using var host = database.CreateHost();
        var log = new LogLines();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FlaskyDbContext>();
        await db.Database.ExecuteSqlAsync($"SELECT pg_sleep(0), {"a secret"}", TestContext.Current.CancellationToken);
        Assert.Empty(log.Written);
        await db.Database.ExecuteSqlAsync($"SELECT pg_sleep(0.6), {"a secret"}", TestContext.Current.CancellationToken);
        var line = Assert.Single(log.Written);
        Assert.Contains("SELECT pg_sleep(0.6), @p0", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", line, StringComparison.Ordinal);
    }
}
