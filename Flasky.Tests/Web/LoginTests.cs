using System.Net;

namespace Flasky.Tests.Web;

public sealed class LoginTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("/auth/confirm/abc", "/auth/confirm/abc")]
    [InlineData("/?page=2", "/?page=2")]
    [InlineData(null, "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("javascript:alert(1)", "/")]
    public async Task NextIsOnlyEverALocalPath(string? next, string expected)
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        var response = await browser.PostAsync(next is null ? "/auth/login" : $"/auth/login?next={Uri.EscapeDataString(next)}",
            ("Input.Email", $"{name}@example.com"), ("Input.Password", Browser.Password));
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(expected, response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task WrongPasswordAndUnknownAddressGetTheSameAnswer()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        var wrong = await browser.LogInAsync(name, password: "wrong password");
        var unknown = await browser.LogInAsync("nobody" + name, password: "wrong password");
        Assert.Contains("do not belong together", wrong, StringComparison.Ordinal);
        Assert.Contains("do not belong together", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RememberMeOutlivesTheBrowserAndTheDefaultDoesNot()
    {
        var name = await site.NewUserAsync();
        (string, string)[] credentials = [("Input.Email", $"{name}@example.com"), ("Input.Password", Browser.Password)];
        using var browser = site.Browse();
        var session = await browser.PostAsync("/auth/login", credentials);
        Assert.DoesNotContain("expires=", Cookie(session), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", Cookie(session), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", Cookie(session), StringComparison.OrdinalIgnoreCase);

        using var other = site.Browse();
        var remembered = await other.PostAsync("/auth/login", [.. credentials, ("Input.RememberMe", "true")]);
        Assert.Contains("expires=", Cookie(remembered), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task LoggingOutIsAPostOnly()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        await browser.OpenAsync("/auth/logout");
        Assert.Contains($"Hello, {name}!", await browser.OpenAsync("/"), StringComparison.Ordinal);

        // The form in the header comes first on a page that has no other.
        var out_ = await browser.SubmitAsync("/error/404");
        Assert.Contains("You are logged out.", out_, StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionEndsWhenTheAccountIsGone()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        await site.Database.ScalarAsync<int>($"""DELETE FROM "Users" WHERE "UserName" = '{name}' RETURNING 1""");
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SessionEndsWithTheSecurityStamp()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        await browser.LogInAsync(name);
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "SecurityStamp" = 'NEW' WHERE "UserName" = '{name}' RETURNING 1""");
        Assert.Contains("Hello, Stranger!", await browser.OpenAsync("/"), StringComparison.Ordinal);
    }

    private static string Cookie(HttpResponseMessage response) =>
        response.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("Flasky=", StringComparison.Ordinal));
}
