using Flasky.Benchmarks.Web.Servers;

namespace Flasky.Benchmarks.Web;

/// <summary>The pages that are measured, in the order of the report.</summary>
/// <param name="Name">For people.</param>
/// <param name="Path">With the query.</param>
/// <param name="Header">The header line that the reader sends with it. Null: a stranger's.</param>
internal sealed record Page(string Name, string Path, Func<Reader, string?>? Header = null)
{
    public static Page Home { get; } = new("home page", "/");

    public static IReadOnlyList<Page> All { get; } =
    [
        Home,
        new("profile", "/user/user1"),
        new("search, a word of half the posts", "/search?q=river"),
        new("timeline of one who follows 1,000", "/", reader => reader.Cookies),
        new("API list of posts", "/api/v1/posts/", reader => reader.ApiToken),
    ];
}
