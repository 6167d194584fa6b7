namespace Flasky.Benchmarks.Web;

/// <summary>The names of the figures that are no page's.</summary>
internal static class Names
{
    public const string Query = "  the bound: its statement by Npgsql alone";
    public const string Hello = "bare Kestrel, \"hello\"";
    public const string Few = "home page over 1,000 posts";
    public const string Many = "home page over 1,000,000 posts";

    public static string P99(string name) => $"{name}, p99";
}
