using System.Net;
using System.Text.RegularExpressions;
using Flasky.Data;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Api.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web.Api;

/// <summary>Tokens that people make on the site, and what they are good for.</summary>
public sealed partial class ApiTokenTests(Site site) : IClassFixture<Site>
{
    private const string Page = "/auth/tokens";
    private const string Posts = "/api/v1/posts/";

    [Fact]
    public async Task TokenIsMadeShownOnceListedAndRevoked()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.ShowPasswordAsync(Page);
        Assert.Equal(Page, ada.Browser.Path);
        var made = await MakeAsync(ada, "My script", read: true, write: true);
        var token = Token().Match(made).Groups["token"].Value;
        using var caller = Caller.Of(site).WithBearer(token);
        (await caller.PostAsync(Posts, new { body = "by script" })).MustBe(HttpStatusCode.Created);

        var list = await ada.Browser.OpenAsync(Page);
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Contains("My script", list, StringComparison.Ordinal);
        Assert.Contains("last used", list, StringComparison.Ordinal);
        Assert.Contains("The token is revoked", await ada.Browser.PressAsync(Page, "Revoke", ("id", await IdAsync(ada))), StringComparison.Ordinal);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Contains("No tokens yet", await ada.Browser.OpenAsync(Page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageAsksForThePasswordAndNobodyKeepsIt()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.OpenAsync(Page);
        Assert.StartsWith("/auth/again", ada.Browser.Path, StringComparison.Ordinal);
        await ada.Browser.ShowPasswordAsync(Page);
        using var made = await ada.Browser.PostAsync(Page, form => form.Contains("handler=Make", StringComparison.Ordinal), Fields("x", true, false, 90));
        Assert.True(made.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task OnlyOnesOwnTokensAreListedAndRevoked()
    {
        using var ada = await site.JoinAsync();
        using var eve = await site.JoinAsync();
        using var caller = Caller.Of(site).WithBearer(await site.TokenAsync(ada));
        await eve.Browser.ShowPasswordAsync(Page);
        Assert.Contains("No tokens yet", await eve.Browser.OpenAsync(Page), StringComparison.Ordinal);
        await eve.Browser.PostToAsync(Page, $"{Page}?handler=Revoke", ("id", await IdAsync(ada)));
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("", true, 90, "Please give it a name")]
    [InlineData("x", false, 90, "Please choose what it may be used for")]
    [InlineData("x", true, 7, "Please choose one of these times")]
    public async Task FormSaysWhatIsWrong(string name, bool read, int days, string message)
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.ShowPasswordAsync(Page);
        Assert.Contains(message, await ada.Browser.PressAsync(Page, "Make", Fields(name, read, false, days)), StringComparison.Ordinal);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "ApiTokens" WHERE "UserId" = {ada.Id}"""));
    }

    [Fact]
    public async Task TokensLiveAsLongAsTheirOwnerChose()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.ShowPasswordAsync(Page);
        await MakeAsync(ada, "month", days: 30);
        await MakeAsync(ada, "ever", days: 0);
        Assert.InRange(await site.Database.ScalarAsync<TimeSpan>($"""SELECT "ExpiresAt" - now() FROM "ApiTokens" WHERE "UserId" = {ada.Id} AND "Name" = 'month'"""),
            TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        Assert.True(await site.Database.ScalarAsync<bool>($"""SELECT "ExpiresAt" IS NULL FROM "ApiTokens" WHERE "UserId" = {ada.Id} AND "Name" = 'ever'"""));
    }

    [Fact]
    public async Task TokenDoesOnlyWhatItIsFor()
    {
        using var admin = await site.JoinAsync(Role.Administrator);
        using var other = await site.JoinAsync();
        var foreign = await other.WriteAsync("Other's");
        using var reading = await site.CallAsync(admin, ApiScopes.Read);
        (await reading.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        var refused = (await reading.PostAsync(Posts, new { body = "x" })).MustBe(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("write", refused["message"], StringComparison.Ordinal);
        Assert.Contains("error=\"insufficient_scope\", scope=\"write\"", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);

        using var writing = await site.CallAsync(admin, ApiScopes.Write);
        var own = (await writing.PostAsync(Posts, new { body = "x" })).MustBe(HttpStatusCode.Created);
        (await writing.GetAsync(Posts)).MustBe(HttpStatusCode.Forbidden, "forbidden");
        (await writing.PutAsync(own["url"]!, new { body = "y" })).MustBe(HttpStatusCode.OK);
        (await writing.PutAsync($"{Posts}{foreign.Id}", new { body = "y" })).MustBe(HttpStatusCode.Forbidden, "forbidden");

        using var both = await site.CallAsync(admin, ApiScopes.Write | ApiScopes.Moderate);
        (await both.PutAsync($"{Posts}{foreign.Id}", new { body = "y" })).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ScopesGiveNobodyMoreThanTheRoleDoes()
    {
        using var ada = await site.JoinAsync();
        using var other = await site.JoinAsync();
        var foreign = await other.WriteAsync("Other's");
        using var caller = await site.CallAsync(ada, ApiScopes.All);
        (await caller.DeleteAsync($"{Posts}{foreign.Id}")).MustBe(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task DatabaseHasNoTokenThatWorks()
    {
        using var ada = await site.JoinAsync();
        var token = await site.TokenAsync(ada);
        var row = await site.Database.ScalarAsync<string>($"""SELECT row_to_json(t)::text FROM "ApiTokens" t WHERE "UserId" = {ada.Id}""");
        Assert.DoesNotContain(token, row, StringComparison.Ordinal);
        Assert.DoesNotContain(token["flasky_".Length..], row, StringComparison.Ordinal);
        var stored = await site.Database.ScalarAsync<string>($"""SELECT encode("Hash", 'hex') FROM "ApiTokens" WHERE "UserId" = {ada.Id}""");
        using var caller = Caller.Of(site).WithBearer(stored);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task LoggingOutEverywhereEndsEveryToken()
    {
        using var ada = await site.JoinAsync();
        using var caller = Caller.Of(site).WithBearer(await site.TokenAsync(ada));
        await ada.Browser.PressAsync("/auth/sessions", "EndAll");
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task AccountHasABoundedNumberOfTokens()
    {
        using var ada = await site.JoinAsync();
        for (var i = 0; i < TokenWriter.MaxNamed; i++)
            await site.TokenAsync(ada);
        await ada.Browser.ShowPasswordAsync(Page);
        Assert.Contains($"at most {TokenWriter.MaxNamed}", await MakeAsync(ada, "one more"), StringComparison.Ordinal);

        await site.Database.ScalarAsync<long>($"""
            WITH made AS (INSERT INTO "ApiTokens" ("UserId", "Hash", "SecurityStamp", "Scopes", "CreatedAt", "ExpiresAt")
                SELECT {ada.Id}, sha256(i::text::bytea), (SELECT "SecurityStamp" FROM "Users" WHERE "Id" = {ada.Id}), 7, now() - interval '1 minute', now() + interval '1 hour'
                FROM generate_series(1, 150) i RETURNING 1)
            SELECT count(*) FROM made
            """);
        using var caller = site.Call(ada);
        using var latest = Caller.Of(site).WithBearer((await caller.PostAsync("/api/v1/tokens/")).MustBe(HttpStatusCode.OK)["token"]!);
        Assert.Equal(100, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "ApiTokens" WHERE "UserId" = {ada.Id} AND "Name" IS NULL"""));
        (await latest.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TokensAreExportedByNameAndGoWithTheAccount()
    {
        using var ada = await site.JoinAsync();
        var token = await site.TokenAsync(ada, ApiScopes.Read);
        await ada.Browser.ShowPasswordAsync("/auth/data");
        var export = System.Text.Json.JsonDocument.Parse(await ada.Browser.PressAsync("/auth/data", "Export")).RootElement.GetProperty("apiTokens");
        Assert.Equal("test", export[0].GetProperty("name").GetString());
        Assert.Equal("read", export[0].GetProperty("scopes")[0].GetString());
        Assert.Equal(5, export[0].EnumerateObject().Count());
        await ada.Browser.PressAsync("/auth/data", "Delete", ("UserName", ada.Name));
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "ApiTokens" WHERE "UserId" = {ada.Id}"""));
        using var caller = Caller.Of(site).WithBearer(token);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task DeadTokensAreSweptAndLivingOnesKept()
    {
        using var ada = await site.JoinAsync();
        await site.TokenAsync(ada);
        await site.TokenAsync(ada, lifetime: TimeSpan.FromMilliseconds(-1));
        await site.TokenAsync(ada, lifetime: TimeSpan.FromHours(1));
        using var eve = await site.JoinAsync();
        await site.TokenAsync(eve);
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "SecurityStamp" = 'other' WHERE "Id" = {eve.Id} RETURNING 1""");
        await using var scope = site.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().SweepTokensAsync(TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        Assert.Equal(2, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "ApiTokens" WHERE "UserId" IN ({ada.Id}, {eve.Id})"""));
    }

    private static Task<string> MakeAsync(Member member, string name, bool read = true, bool write = false, int days = 90) =>
        member.Browser.PressAsync(Page, "Make", Fields(name, read, write, days));

    private static (string, string)[] Fields(string name, bool read, bool write, int days) =>
        [("Input.Name", name), ("Input.Read", read ? "true" : "false"), ("Input.Write", write ? "true" : "false"), ("Input.Moderate", "false"), ("Input.Days", $"{days}")];

    private async Task<string> IdAsync(Member member) => $"{await site.Database.ScalarAsync<int>($"""SELECT "Id" FROM "ApiTokens" WHERE "UserId" = {member.Id}""")}";

    [GeneratedRegex("<code>(?<token>flasky_[A-Za-z0-9_-]+)</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
