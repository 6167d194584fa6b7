using System.Text.Json;
using Flasky.Benchmarks.Web.Servers;
using Flasky.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

/// <summary>A site with 100,000 posts of 2,000 authors, and a reader who follows 1,000 of them.</summary>
public sealed class ManyPosts(Servers servers) : IAsyncLifetime
{
    public const int Count = 100_000;

    public Site Site { get; } = new(servers);

    /// <summary>Of the reader.</summary>
    public int ReaderId { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await Site.InitializeAsync();
        await Site.NewUserAsync(Reader.Name);
        ReaderId = (await Site.FindAsync($"{Reader.Name}@example.com"))!.Id;
        await BulkFill.RunAsync(Site.Database.ConnectionString, Count, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    public async Task<T> AskAsync<T>(Func<FlaskyDbContext, Task<T>> question)
    {
        await using var scope = Site.Services.CreateAsyncScope();
        return await question(scope.ServiceProvider.GetRequiredService<FlaskyDbContext>());
    }

    /// <summary>Runs a query as the site would, and tells how the database went about it.</summary>
    internal Task<QueryPlan> ExplainAsync<T>(Func<FlaskyDbContext, IQueryable<T>> query) => AskAsync(async db =>
    {
        await using var command = query(db).CreateDbCommand();
        command.CommandText = $"EXPLAIN (ANALYZE, FORMAT JSON) {command.CommandText}";
        await db.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var plan = JsonDocument.Parse((string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        return new QueryPlan(plan.RootElement[0].GetProperty("Plan").Clone());
    });
}
