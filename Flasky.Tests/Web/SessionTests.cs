namespace Flasky.Tests.Web;

public sealed class SessionTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task EachIsListedWithItsDeviceAndCanBeEnded()
    {
        var name = await site.NewUserAsync();
        using var here = await site.LogInAsync(name);
        using var phone = site.Browse();
        phone.Http.DefaultRequestHeaders.Add("User-Agent", "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0");
        await phone.LogInAsync(name);

        var list = await here.OpenAsync("/auth/sessions");
        Assert.Contains("Firefox on Android", list, StringComparison.Ordinal);
        Assert.Contains("This one", list, StringComparison.Ordinal);
        var id = await site.Database.ScalarAsync<Guid>($"""
            SELECT s."Id" FROM "UserSessions" s JOIN "Users" u ON u."Id" = s."UserId" WHERE u."UserName" = '{name}' AND s."Device" = 'Firefox on Android'
            """);
        Assert.Contains("The session has ended", await here.PressAsync("/auth/sessions", "End", ("id", $"{id}")), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await phone.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains($"Hello, {name}!", await here.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyEndsTheSessionOfAnother()
    {
        var (name, other) = (await site.NewUserAsync(), await site.NewUserAsync());
        using var victim = await site.LogInAsync(name);
        using var first = await site.LogInAsync(other);
        using var second = await site.LogInAsync(other);
        var id = await site.Database.ScalarAsync<Guid>($"""SELECT s."Id" FROM "UserSessions" s JOIN "Users" u ON u."Id" = s."UserId" WHERE u."UserName" = '{name}'""");
        await first.PressAsync("/auth/sessions", "End", ("id", $"{id}"));
        Assert.Contains($"Hello, {name}!", await victim.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LoggingOutEverywhereEndsThemAll()
    {
        var name = await site.NewUserAsync();
        using var here = await site.LogInAsync(name);
        using var elsewhere = await site.LogInAsync(name);
        Assert.Contains("logged out everywhere", await here.PressAsync("/auth/sessions", "EndAll"), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await here.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await elsewhere.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieOfALoggedOutSessionIsWorthNothing()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        var id = await site.Database.ScalarAsync<Guid>($"""SELECT s."Id" FROM "UserSessions" s JOIN "Users" u ON u."Id" = s."UserId" WHERE u."UserName" = '{name}'""");
        await browser.SubmitAsync("/error/404");
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "UserSessions" WHERE "Id" = '{id}'"""));
    }

    [Fact]
    public async Task RequestsMoveLastSeenOnceAMinute()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await AgeAsync(name);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => browser.Http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)));
        Assert.True(await site.Database.ScalarAsync<bool>($"""SELECT now() - "LastSeen" < interval '1 hour' FROM "Users" WHERE "UserName" = '{name}'"""));
        var version = await VersionAsync(name);
        await browser.OpenAsync("/");
        Assert.Equal(version, await VersionAsync(name));
    }

    [Fact]
    public async Task RequestForNothingMovesLastSeenToo()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await AgeAsync(name);
        await browser.OpenAsync("/no/such/page");
        Assert.True(await site.Database.ScalarAsync<bool>($"""SELECT now() - "LastSeen" < interval '1 hour' FROM "Users" WHERE "UserName" = '{name}'"""));
    }

    [Fact]
    public async Task LastSeenIsNotUndoneByAnUpdateOfTheSameRequest()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await browser.OpenAsync("/auth/change-password");
        await AgeAsync(name);
        await browser.SubmitAsync("/auth/change-password",
            ("Input.PresentPassword", Browser.Password), ("Input.Password", "seven purple staples"), ("Input.PasswordAgain", "seven purple staples"));
        Assert.True(await site.Database.ScalarAsync<bool>($"""SELECT now() - "LastSeen" < interval '1 hour' FROM "Users" WHERE "UserName" = '{name}'"""));
    }

    private Task<int> AgeAsync(string name) =>
        site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "LastSeen" = now() - interval '1 day' WHERE "UserName" = '{name}' RETURNING 1""");

    /// <summary>The transaction that wrote the row last.</summary>
    private Task<string> VersionAsync(string name) => site.Database.ScalarAsync<string>($"""SELECT xmin::text FROM "Users" WHERE "UserName" = '{name}'""");
}
