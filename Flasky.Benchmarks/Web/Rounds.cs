using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Web.Load;
using Flasky.Benchmarks.Web.Servers;

namespace Flasky.Benchmarks.Web;

/// <summary>Measures everything in turns, so that both halves of a ratio saw the same machine.</summary>
internal sealed class Rounds(WebOptions options, Uri hello, OwnSite site, Reader reader)
{
    /// <summary>A page of posts, and the one that tells whether another page follows.</summary>
    private const int RowsOfHome = 20 + 1;

    private readonly TimeSpan duration = TimeSpan.FromSeconds(options.Seconds);
    private readonly BareQuery query = new(site.Database, RowsOfHome);

    public Samples Samples { get; private set; } = new();

    /// <summary>Pages that did not answer 200, and what they answered; they are measured no further.</summary>
    public Dictionary<string, int> Refused { get; } = [];

    public async Task PagesAsync(CancellationToken cancellationToken)
    {
        for (var round = 0; round <= options.Rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {options.Rounds}");
            foreach (var page in Page.All)
            {
                await PageAsync(page.Name, site.Address, page, cancellationToken);
                // At once: the statement that it takes is the home page's, and so is the ratio.
                if (page == Page.Home)
                    Add(Names.Query, await query.RunAsync(options.Concurrency, duration, cancellationToken));
            }
            Add(Names.Hello, await HttpLoad.RunAsync(hello, "/", null, options.Concurrency, duration, cancellationToken));
            // What the first round measured is how processes compile what they run.
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
            await PageAsync(Names.Few, few, Page.Home, cancellationToken);
            await PageAsync(Names.Many, many, Page.Home, cancellationToken);
        }
    }

    private async Task PageAsync(string name, Uri address, Page page, CancellationToken cancellationToken)
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
