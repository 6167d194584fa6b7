using Flasky.Benchmarks.Reporting;

namespace Flasky.Benchmarks.Web;

/// <summary>Turns a run's measurements into figures with targets. Ratios are of this run; a page that did not answer 200 says what it answered.</summary>
internal static class WebTargets
{
    private const double OfTheQuery = 35;

    // By how much the p99 of one page differs between two processes over the same posts, when the machine is otherwise idle.
    private const double NoGrowth = 1.2;

    /// <param name="samples">Of all rounds.</param>
    /// <param name="refused">Names of pages, and what they answered.</param>
    /// <param name="growth">Whether few posts were compared with many.</param>
    public static IReadOnlyList<Figure> Of(Samples samples, IReadOnlyDictionary<string, int> refused, bool growth)
    {
        return
        [
            .. Measured(Names.Hello),
            .. Page.All.SelectMany(page => page == Page.Home ? [.. Measured(page.Name), .. Bound()] : Measured(page.Name)),
            .. growth ? [.. Measured(Names.Few), .. Measured(Names.Many), Growth()] : Array.Empty<Figure>(),
        ];

        IEnumerable<Figure> Measured(string name) => refused.TryGetValue(name, out var status)
            ? [new($"{name}: not measured, it answered", status, "")]
            : [new(name, samples.Median(name), "/s"), new(Names.P99(name), samples.Median(Names.P99(name)), "ms")];

        IEnumerable<Figure> Bound() =>
        [
            .. Measured(Names.Query),
            new("  of the bound", refused.ContainsKey(Page.Home.Name) ? double.NaN : 100 * samples.Ratio(Page.Home.Name, Names.Query), "%", OfTheQuery,
                Target: "a page is to cost at most two more times its query"),
        ];

        Figure Growth() => new("  p99, of that over 1,000",
            refused.ContainsKey(Names.Few) || refused.ContainsKey(Names.Many) ? double.NaN : samples.Ratio(Names.P99(Names.Many), Names.P99(Names.Few)),
            "x", NoGrowth, AtMost: true, "no growth but noise");
    }
}
