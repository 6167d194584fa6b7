using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Web.Load;
using Flasky.Benchmarks.Web.Servers;

namespace Flasky.Benchmarks.Web;

/// <summary>Measures everything in turns, so that both halves of a ratio saw the same machine.</summary>
internal sealed class Rounds(WebOptions options, Uri hello, OwnSite site, Reader reader)
{
    /// <summary>A page of posts, and the one that tells whether another page follows.</summary>
    private const int RowsOfHome = 20 + 1;

    // Until the site has compiled what it runs often, the second time with what the first has shown.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    private readonly BareQuery query = new(site.Database, RowsOfHome);

    public Samples Samples { get; private set; } = new();

    /// <summary>Pages that did not answer 200, and what they answered; they are measured no further.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    public async Task PagesAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {options.Rounds}");
            var duration = DurationOf(round);
            foreach (var page in Page.All)
            {
                await PageAsync(page.Name, site.Address, page, duration, cancellationToken);
                // At once: the statement that it takes is the home page's, and so is the ratio.
                if (page == Page.Home)
                    Add(Names.Query, await query.RunAsync(options.Concurrency, duration, cancellationToken));
            }
            Add(Names.Hello, await HttpLoad.RunAsync(hello, "/", null, options.Concurrency, duration, cancellationToken));
            if (round == 0)
                Samples = new Samples();
        }
    }

    public async Task GrowthAsync(Uri few, Uri many, CancellationToken cancellationToken)
    {
        var measured = Samples;
        for (var round = 0; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up few and many posts" : $"round {round} of {options.Rounds}, few and many posts");
            Samples = round == 0 ? new Samples() : measured;
            await PageAsync(Names.Few, few, Page.Home, DurationOf(round), cancellationToken);
            await PageAsync(Names.Many, many, Page.Home, DurationOf(round), cancellationToken);
        }
    }

    private TimeSpan DurationOf(int round) => round == 0 ? WarmUp : TimeSpan.FromSeconds(options.Seconds);

    private async Task PageAsync(string name, Uri address, Page page, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (Refused.ContainsKey(name))
            return;
        try
        {
            Add(name, await HttpLoad.RunAsync(address, page.Path, page.Header?.Invoke(reader), options.Concurrency, duration, cancellationToken));
        }
        catch (PageRefusedException e)
        {
            Refused.Add(name, e.Status);
        }
    }

    private void Add(string name, Measured measured)
    {
        Samples.Add(name, measured.Rate);
        Samples.Add(Names.P99(name), measured.P99);
    }
}
