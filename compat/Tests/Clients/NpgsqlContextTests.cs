using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Flasky.Compat.Tests.Clients;

public sealed class NpgsqlContextTests
{
    private const string Server = "Host=127.0.0.1;Port=1;Username=nobody;Password=none;Database=none;Timeout=2";

    [Fact]
    public void IsPooledAndRetries()
    {
        using var host = Build($"--ConnectionStrings:flaskydb={Server}");
        Notes first;
        using (var scope = host.Services.CreateScope())
        {
            first = scope.ServiceProvider.GetRequiredService<Notes>();
            Assert.True(first.Database.CreateExecutionStrategy().RetriesOnFailure);
        }
        using var another = host.Services.CreateScope();
        Assert.Same(first, another.ServiceProvider.GetRequiredService<Notes>());
    }

    [Fact]
    public void TheSectionsHaveTheirSay()
    {
        using var host = Build(
            $"--ConnectionStrings:flaskydb={Server}",
            "--Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:DisableRetry=true",
            "--Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:CommandTimeout=3",
            "--Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:Notes:CommandTimeout=5");
        using var scope = host.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<Notes>().Database;

        Assert.False(database.CreateExecutionStrategy().RetriesOnFailure);
        Assert.Equal(5, database.GetCommandTimeout());
    }

    [Fact]
    public void NamesTheMissingConnectionString()
    {
        using var host = Build();
        using var scope = host.Services.CreateScope();

        var error = Assert.Throws<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<Notes>());

        Assert.Contains("ConnectionStrings:flaskydb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheHealthCheckIsNamedAfterTheContext()
    {
        using var host = Build($"--ConnectionStrings:flaskydb={Server}", "--Aspire:Npgsql:EntityFrameworkCore:PostgreSQL:DisableRetry=true");

        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HealthStatus.Unhealthy, report.Entries["Notes"].Status);
    }

    private static IHost Build(params string[] args)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { Args = args });
        builder.AddNpgsqlDbContext<Notes>("flaskydb");
        return builder.Build();
    }

    private sealed class Notes(DbContextOptions<Notes> options) : DbContext(options);
}
