using System.Net;
using System.Text.RegularExpressions;

namespace Flasky.Tests.Web;

public sealed partial class SecurityTests(Site site) : IClassFixture<Site>
{
    public static TheoryData<string> Pages => ["/", "/auth/login", "/auth/register", "/nothing", "/site.css", "/health"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task EveryResponseCarriesTheSecurityHeaders(string path)
    {
        using var browser = site.Browse();
        using var response = await browser.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/auth/login")]
    [InlineData("/auth/register")]
    [InlineData("/nothing")]
    public async Task PagesNeedNothingInlineAndNothingFromElsewhere(string path)
    {
        using var browser = site.Browse();
        var page = await browser.OpenAsync(path);
        Assert.Contains("<h1>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Inline(), page);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/auth/login")]
    [InlineData("/auth/register")]
    [InlineData("/auth/logout")]
    [InlineData("/auth/confirm")]
    [InlineData("/auth/reset")]
    [InlineData("/auth/reset/abc")]
    [InlineData("/auth/change-password")]
    [InlineData("/auth/change-email")]
    [InlineData("/auth/again")]
    [InlineData("/auth/login/code")]
    [InlineData("/auth/login?handler=Passkey")]
    [InlineData("/auth/login?handler=PasskeyOptions")]
    [InlineData("/auth/passkeys?handler=Add")]
    [InlineData("/auth/passkeys?handler=Remove")]
    [InlineData("/auth/two-step?handler=Begin")]
    [InlineData("/auth/two-step?handler=Enable")]
    [InlineData("/auth/two-step?handler=Disable")]
    [InlineData("/auth/sessions?handler=End")]
    [InlineData("/auth/sessions?handler=EndAll")]
    [InlineData("/auth/notifications")]
    [InlineData("/auth/data?handler=Export")]
    [InlineData("/auth/data?handler=Delete")]
    public async Task PostWithoutAnAntiforgeryTokenIsRefusedWithAPage(string path)
    {
        using var browser = site.Browse();
        await browser.LogInAsync(await site.NewUserAsync());
        using var form = new FormUrlEncodedContent([]);
        using var response = await browser.Http.PostAsync(new Uri(path, UriKind.Relative), form, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("send it again", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPathHasAPageOfOurs()
    {
        using var browser = site.Browse();
        using var response = await browser.Http.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Page not found", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailureHasAPageOfOursAndSaysNothingOfItsCause()
    {
        using var broken = site.WithWebHostBuilder(web => web.UseSetting("ConnectionStrings:flaskydb", "Host=127.0.0.1;Port=1;Timeout=1;Username=x;Database=x"));
        using var http = broken.CreateClient();
        using var response = await http.GetAsync(new Uri("/auth/login", UriKind.Relative), Cancel);
        var page = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("Something went wrong", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.OrdinalIgnoreCase);
        Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task HomePageAndReadinessDoWithoutRedis()
    {
        using var browser = site.Browse();
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
        using var response = await browser.Http.GetAsync(new Uri("/health", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Degraded", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task CookiesAreSecureWhenARequestCameByHttpsThroughATrustedProxyOnly()
    {
        Assert.Contains("secure", await CookieAsync("127.0.0.1"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", await CookieAsync("10.9.8.7"), StringComparison.OrdinalIgnoreCase);

        async Task<string> CookieAsync(string trusted)
        {
            using var proxied = site.WithWebHostBuilder(web => web.UseSetting("Flasky:TrustedProxies:0", trusted));
            proxied.UseKestrel(0);
            using var http = proxied.CreateClient();
            http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
            http.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
            using var response = await http.GetAsync(new Uri("/auth/login", UriKind.Relative), Cancel);
            return Assert.Single(response.Headers.GetValues("Set-Cookie"));
        }
    }

    [Fact]
    public async Task ScriptsRunOnlyWithTheNonceOfTheirPage()
    {
        using var browser = site.Browse();
        var (first, policy) = await ReadAsync();
        Assert.Contains($"script-src 'nonce-{first}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.NotEqual(first, (await ReadAsync()).Nonce);
        // A page without scripts allows none.
        using var home = await browser.Http.GetAsync(new Uri("/nothing", UriKind.Relative), Cancel);
        Assert.Contains("script-src 'none'", Assert.Single(home.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);

        async Task<(string Nonce, string Policy)> ReadAsync()
        {
            using var response = await browser.Http.GetAsync(new Uri("/auth/login", UriKind.Relative), Cancel);
            var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancel));
            return (Nonce().Match(page).Groups["nonce"].Value, Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        }
    }

    [Fact]
    public async Task CookiesAreSecureAndHttpsIsForAYearWhereThePublicAddressIsHttps()
    {
        using var published = site.WithWebHostBuilder(web => web.UseSetting("Flasky:PublicBaseUrl", "https://flasky.example.com").UseSetting("environment", "Production"));
        using var http = published.CreateClient(new() { BaseAddress = new Uri("https://flasky.example.com") });
        using var response = await http.GetAsync(new Uri("/auth/login", UriKind.Relative), Cancel);
        Assert.All(response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BodyAboveTheLimitIsRefusedWithAPage()
    {
        using var real = site.WithWebHostBuilder(_ => { });
        real.UseKestrel(0);
        using var http = real.CreateClient();
        using var body = new StringContent(new string('a', 70_000), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await http.PostAsync(new Uri("/auth/login", UriKind.Relative), body, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("<h1>", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [GeneratedRegex("<script[^>]*nonce=\"(?<nonce>[^\"]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Nonce();

    // A script of ours has an address and a nonce.
    [GeneratedRegex("<style|<script(?![^>]*src=\"/)|<script(?![^>]*nonce=)|\\sstyle=|\\son[a-z]+=", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Inline();
}
