using System.Net;
using Flasky.Web.Users;

namespace Flasky.Tests.Web;

public sealed class AvatarTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task PicturesComeFromThisSiteAndAreKeptByBrowsers()
    {
        using var browser = site.Browse();
        using var response = await browser.Http.GetAsync(new Uri(Avatar.PathOf(1), UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("image/svg+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl is { Public: true, MaxAge.TotalDays: >= 365 });
        Assert.Contains("Content-Security-Policy", response.Headers.Select(header => header.Key));
        Assert.StartsWith("<svg", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EachUserHasOneOfTheirOwn()
    {
        using var browser = site.Browse();
        var pictures = await Task.WhenAll(Enumerable.Range(1, 20).Select(id => browser.Http.GetStringAsync(new Uri(Avatar.PathOf(id), UriKind.Relative), TestContext.Current.CancellationToken)));
        Assert.Equal(20, pictures.Distinct().Count());
        Assert.Equal(Avatar.PathOf(7), Avatar.PathOf(7));
    }

    [Theory]
    [InlineData("/avatar/x.svg")]
    [InlineData("/avatar/zzzzzzzzzzzzzzzz.svg")]
    [InlineData("/avatar/+123456789abcdef.svg")]
    public async Task NothingElseIsAPicture(string path)
    {
        using var browser = site.Browse();
        Assert.Equal(HttpStatusCode.NotFound, await browser.StatusAsync(path));
    }
}
