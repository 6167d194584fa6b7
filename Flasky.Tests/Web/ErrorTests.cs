using System.Net;
using System.Text.Json;

namespace Flasky.Tests.Web;

public sealed class ErrorTests(Site site) : IClassFixture<Site>
{
    private const string Chrome = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/nothing", "*/*", false)]
    [InlineData("/nothing", null, false)]
    [InlineData("/nothing", Chrome, false)]
    [InlineData("/nothing", "application/json", true)]
    [InlineData("/nothing", "application/json, text/html;q=0.5", true)]
    [InlineData("/nothing", "application/*", true)]
    [InlineData("/nothing", "not a list", false)]
    [InlineData("/api/v1/nothing", "*/*", true)]
    [InlineData("/api/v1/nothing", null, true)]
    [InlineData("/api/v1/nothing", "application/json", true)]
    [InlineData("/api/v1/nothing", Chrome, false)]
    [InlineData("/apiary", "*/*", false)]
    public async Task AcceptDecidesBetweenAPageAndJson(string path, string? accept, bool json)
    {
        using var http = site.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }
        using var response = await http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Accept", response.Headers.Vary);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        if (json)
        {
            Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
            Assert.Equal("not found", JsonDocument.Parse(body).RootElement.GetProperty("error").GetString());
            Assert.NotEmpty(JsonDocument.Parse(body).RootElement.GetProperty("message").GetString()!);
        }
        else
        {
            Assert.Contains("Page not found", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/auth/login", "*/*", false)]
    [InlineData("/auth/login", "application/json", true)]
    public async Task FailureSaysNothingOfItsCauseInEitherForm(string path, string accept, bool json)
    {
        using var broken = site.WithWebHostBuilder(web => web
            .UseSetting("ConnectionStrings:flaskydb", "Host=127.0.0.1;Port=1;Timeout=1;Username=x;Database=x").UseSetting("environment", "Production"));
        using var http = broken.CreateClient();
        http.DefaultRequestHeaders.Add("Accept", accept);
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var body = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains(json ? "\"error\":\"internal server error\"" : "Something went wrong", body, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoeverIsNotLoggedInIsSentToTheLoginOrToldIfItIsAProgram()
    {
        using var http = site.CreateClient(new() { AllowAutoRedirect = false });
        using var page = await http.GetAsync(new Uri("/auth/account", UriKind.Relative), Cancel);
        Assert.Equal("/auth/login?next=%2Fauth%2Faccount", page.Headers.Location!.OriginalString);
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        using var json = await http.GetAsync(new Uri("/auth/account", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, json.StatusCode);
        Assert.Contains("\"error\":\"unauthorized\"", await json.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForbiddenHasAPageOfOurs()
    {
        using var http = site.CreateClient();
        using var response = await http.GetAsync(new Uri("/error/403", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("Not for you", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
