using System.Text.RegularExpressions;

namespace Flasky.Tests.Web;

public sealed partial class PagingTests(ShortPageSite site) : IClassFixture<ShortPageSite>
{
    [Fact]
    public async Task PagesOfPostsAreNewestFirstAndRightAtBothEnds()
    {
        using var ada = await site.JoinAsync();
        for (var i = 1; i <= 4; i++)
            await ada.WriteAsync($"Number {i}.", tags: ["paged"]);
        // Equal times are no reason to show a post twice or never.
        await site.Database.ScalarAsync<long>($"""WITH u AS (UPDATE "Posts" SET "Timestamp" = now() WHERE "AuthorId" = {ada.Id} RETURNING 1) SELECT count(*) FROM u""");
        foreach (var list in new[] { $"/user/{ada.Name}?", "/tag/paged?" })
        {
            foreach (var first in new[] { "", "page=1", "page=0", "page=-1", "page=-2147483648", "page=many" })
                Assert.Equal(["4", "3"], await NumbersAsync(list + first, previous: false, next: true));
            Assert.Equal(["2", "1"], await NumbersAsync($"{list}page=2", previous: true, next: false));
            foreach (var past in new[] { 3, 2147483647 })
            {
                Assert.Empty(await NumbersAsync($"{list}page={past}", previous: true, next: false));
                Assert.Contains("There are no posts on this page.", await ada.Browser.OpenAsync($"{list}page={past}"), StringComparison.Ordinal);
            }
        }

        async Task<IEnumerable<string>> NumbersAsync(string path, bool previous, bool next)
        {
            var page = await ada.Browser.OpenAsync(path);
            Assert.Equal(previous, page.Contains("rel=\"prev\"", StringComparison.Ordinal));
            Assert.Equal(next, page.Contains("rel=\"next\"", StringComparison.Ordinal));
            return Number().Matches(page).Select(match => match.Groups["n"].Value);
        }
    }

    [Fact]
    public async Task LinksToPagesKeepTheSearch()
    {
        using var ada = await site.JoinAsync();
        for (var i = 1; i <= 3; i++)
            await ada.WriteAsync("Zebras & more");
        Assert.Contains("href=\"?q=zebras%20more&page=2\"", await ada.Browser.OpenAsync("/search?q=zebras+more"), StringComparison.Ordinal);
        Assert.Contains("href=\"?q=zebras%20more&page=1\"", await ada.Browser.OpenAsync("/search?q=zebras+more&page=2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowersHavePagesOfTheirOwnSize()
    {
        using var ada = await site.JoinAsync();
        for (var i = 0; i < 3; i++)
        {
            using var fan = await site.JoinAsync();
            await fan.Browser.SendAsync($"/user/{ada.Name}", $"/follow/{ada.Name}");
        }
        Assert.Equal(2, Row().Count(await ada.Browser.OpenAsync($"/followers/{ada.Name}")));
        Assert.Equal(1, Row().Count(await ada.Browser.OpenAsync($"/followers/{ada.Name}?page=2")));
        Assert.Contains("There is nobody on this page.", await ada.Browser.OpenAsync($"/followers/{ada.Name}?page=3"), StringComparison.Ordinal);
    }

    [GeneratedRegex("<p>Number (?<n>[0-9])\\.</p>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex("class=\"person\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
