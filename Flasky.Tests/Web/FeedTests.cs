using System.Net;
using System.Xml.Linq;

namespace Flasky.Tests.Web;

public sealed class FeedTests(Site site) : IClassFixture<Site>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public async Task FeedsOfTheSiteAUserAndATagHaveTheirPosts()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        var first = await ada.WriteAsync("# One & *two*\n\nMore", tags: ["feeds"]);
        var second = await bob.WriteAsync("Three 🙂");
        Assert.Equal([$"http://localhost/post/{second.Id}", $"http://localhost/post/{first.Id}"], (await FeedAsync(site, "/feed.atom")).Take(2).Select(Id));
        var entry = Assert.Single(await FeedAsync(site, $"/user/{ada.Name}/feed.atom"));
        Assert.Equal($"http://localhost/post/{first.Id}", Id(entry));
        Assert.Equal("One & *two*", entry.Element(Atom + "title")!.Value);
        Assert.Equal("<h1>One &amp; <em>two</em></h1>\n<p>More</p>", entry.Element(Atom + "content")!.Value);
        Assert.Equal(ada.Name, entry.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Equal("feeds", entry.Element(Atom + "category")!.Attribute("term")!.Value);
        Assert.Equal(Id(entry), Id(Assert.Single(await FeedAsync(site, "/tag/feeds/feed.atom"))));
        Assert.Empty(await FeedAsync(site, "/tag/none/feed.atom"));
    }

    [Fact]
    public async Task AddressesStartWithTheConfiguredOneNotWithWhatARequestSays()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Elsewhere");
        await using var named = site.WithWebHostBuilder(web => web.UseSetting("Flasky:PublicBaseUrl", "https://flasky.example/"));
        Assert.Equal($"https://flasky.example/post/{post.Id}", Id((await FeedAsync(named, "/feed.atom"))[0]));
    }

    [Theory]
    [InlineData("/", "/feed.atom")]
    [InlineData("/tag/x", "/tag/x/feed.atom")]
    public async Task PagesNameTheirFeed(string path, string feed)
    {
        using var stranger = site.Browse();
        Assert.Contains($"type=\"application/atom+xml\" href=\"{feed}\"", await stranger.OpenAsync(path), StringComparison.Ordinal);
    }

    private static string Id(XElement entry) => entry.Element(Atom + "id")!.Value;

    private static async Task<List<XElement>> FeedAsync(Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Flasky.Web.Home.IndexModel> site, string path)
    {
        using var http = site.CreateClient();
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        foreach (var required in new[] { "id", "title", "updated" })
            Assert.NotNull(feed.Element(Atom + required));
        return [.. feed.Elements(Atom + "entry")];
    }
}
