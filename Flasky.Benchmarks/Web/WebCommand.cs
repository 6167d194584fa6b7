using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Web.Servers;

namespace Flasky.Benchmarks.Web;

/// <summary>The command <c>web</c>: how fast the site's pages are, beside the least that a server and a database take for them, in interleaved rounds.</summary>
internal static class WebCommand
{
    private const int Posts = 100_000;
    private const int FewPosts = 1000;
    private const int ManyPosts = 1_000_000;

    public static async Task<int> RunAsync(WebOptions options, CancellationToken cancellationToken)
    {
        using var published = await OwnSite.PublishAsync(cancellationToken);
        await using var redis = await OwnRedis.StartAsync(cancellationToken);
        await using var postgres = await OwnPostgres.StartAsync(cancellationToken);
        await using var hello = await HelloServer.StartAsync(cancellationToken);
        await using var site = await OwnSite.StartAsync(published, postgres, redis.ConnectionString, Posts, cancellationToken);
        var rounds = new Rounds(options, hello.Address, site, await Reader.SignInAsync(site.Address, cancellationToken));
        await rounds.PagesAsync(cancellationToken);
        if (options.Growth)
        {
            await using var few = await OwnSite.StartAsync(published, postgres, redis.ConnectionString, FewPosts, cancellationToken);
            await using var many = await OwnSite.StartAsync(published, postgres, redis.ConnectionString, ManyPosts, cancellationToken);
            await rounds.GrowthAsync(few.Address, many.Address, cancellationToken);
        }
        var figures = WebTargets.Of(rounds.Samples, rounds.Refused, options.Growth);
        Report.Print(figures);
        if (options.Json is { } file)
            await Report.WriteAsync(file, figures, cancellationToken);
        return figures.All(figure => figure.IsMet != false) ? 0 : 1;
    }
}
