using System.Net;
using System.Text;
using Flasky.Web.Security;

namespace Flasky.Tests.Web.Api;

/// <summary>Who may call, and how they show who they are.</summary>
public sealed class ApiSignInTests(Site site) : IClassFixture<Site>
{
    private const string Posts = "/api/v1/posts/";

    public static TheoryData<string, string> EveryAddress => new()
    {
        { "GET", Posts }, { "GET", "/api/v1/posts/1" }, { "POST", Posts }, { "PUT", "/api/v1/posts/1" }, { "DELETE", "/api/v1/posts/1" },
        { "GET", "/api/v1/users/1" }, { "GET", "/api/v1/users/1/posts/" }, { "GET", "/api/v1/users/1/timeline/" },
        { "GET", "/api/v1/comments/" }, { "GET", "/api/v1/comments/1" }, { "DELETE", "/api/v1/comments/1" },
        { "GET", "/api/v1/posts/1/comments/" }, { "POST", "/api/v1/posts/1/comments/" }, { "POST", "/api/v1/tokens/" },
    };

    [Theory]
    [MemberData(nameof(EveryAddress))]
    public async Task WithoutCredentialsNothingIsAnswered(string method, string path)
    {
        using var caller = Caller.Of(site);
        var answer = await caller.SendAsync(new HttpMethod(method), path, null);
        answer.MustBe(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal(["Basic", "Bearer"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Theory]
    [MemberData(nameof(EveryAddress))]
    public async Task UnconfirmedAccountsAreRefused(string method, string path)
    {
        using var browser = site.Browse();
        var name = $"u{Guid.NewGuid():N}"[..20];
        await browser.RegisterAsync(name);
        using var caller = Caller.Of(site).WithBasic($"{name}@example.com", Browser.Password);
        var answer = await caller.SendAsync(new HttpMethod(method), path, null);
        Assert.StartsWith("Unconfirmed account", answer.MustBe(HttpStatusCode.Forbidden, "forbidden")["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressAndPasswordLetIn()
    {
        using var ada = await site.JoinAsync();
        using var caller = Caller.Of(site).WithBasic($"{ada.Name.ToUpperInvariant()}@Example.com", Browser.Password);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("wrong horse battery")]
    [InlineData("Correct horse battery")]
    public async Task WrongPasswordIsRefused(string password)
    {
        using var ada = await site.JoinAsync();
        using var caller = Caller.Of(site).WithBasic($"{ada.Name}@example.com", password);
        Assert.Equal("Invalid credentials", (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized")["message"]);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Basic Og==")]
    [InlineData("Bearer")]
    [InlineData("Bearer nothing")]
    [InlineData("Digest something")]
    [InlineData("\u00ff")]
    public async Task CredentialsThatCannotBeReadAreRefused(string header)
    {
        using var caller = Caller.Of(site);
        caller.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task BadTokenIsRefusedAndATokenForThePasswordLetsIn()
    {
        using var ada = await site.JoinAsync();
        using var bad = Caller.Of(site).WithBasic("bad-token", "");
        (await bad.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");

        using var caller = site.Call(ada);
        var made = await caller.PostAsync("/api/v1/tokens/");
        made.MustBe(HttpStatusCode.OK);
        Assert.Equal(["token", "expiration"], made.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(3600, made.Json.GetProperty("expiration").GetInt32());
        Assert.True(made.Headers.CacheControl!.NoStore);
        using var good = Caller.Of(site).WithBasic(made["token"]!, "");
        (await good.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        using var bearer = Caller.Of(site).WithBearer(made["token"]!);
        (await bearer.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task TokenForThePasswordDiesAfterAnHour()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        var token = (await caller.PostAsync("/api/v1/tokens/"))["token"]!;
        Assert.InRange(await site.Database.ScalarAsync<TimeSpan>($"""SELECT "ExpiresAt" - now() FROM "ApiTokens" WHERE "UserId" = {ada.Id}"""),
            TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        await site.Database.ScalarAsync<int>($"""UPDATE "ApiTokens" SET "ExpiresAt" = now() WHERE "UserId" = {ada.Id} RETURNING 1""");
        using var late = Caller.Of(site).WithBasic(token, "");
        (await late.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task TokenDoesNotMakeAnotherOne()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        using var token = Caller.Of(site).WithBasic((await caller.PostAsync("/api/v1/tokens/"))["token"]!, "");
        Assert.StartsWith("Invalid credentials", (await token.PostAsync("/api/v1/tokens/")).MustBe(HttpStatusCode.Unauthorized, "unauthorized")["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CookieOfTheSiteIsNoCredential()
    {
        using var ada = await site.JoinAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await ada.Browser.StatusAsync(Posts));
        using var content = new StringContent("""{"body": "forged"}""", Encoding.UTF8, "application/json");
        using var forged = await ada.Browser.Http.PostAsync(new Uri(Posts, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        // And it has not cost the session.
        Assert.Contains($"Hello, {ada.Name}!", await ada.Browser.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockedAccountsAreRefusedByPasswordAndToken()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        using var token = Caller.Of(site).WithBearer(await site.TokenAsync(ada));
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "LockoutEnabled" = true, "LockoutEnd" = now() + interval '1 hour' WHERE "Id" = {ada.Id} RETURNING 1""");
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
        (await token.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task TwoStepAccountNeedsATokenAndIsToldSoOnlyForTheRightPassword()
    {
        using var ada = await site.JoinAsync();
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "TwoFactorEnabled" = true WHERE "Id" = {ada.Id} RETURNING 1""");
        using var caller = site.Call(ada);
        Assert.Contains("/auth/tokens", (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Forbidden, "forbidden")["message"], StringComparison.Ordinal);
        caller.WithBasic($"{ada.Name}@example.com", "wrong horse battery");
        Assert.Equal("Invalid credentials", (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized")["message"]);
        caller.WithBearer(await site.TokenAsync(ada));
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WrongPasswordsAreLimitedForKnownAndUnknownAddressesAlike(bool known)
    {
        using var ada = await site.JoinAsync();
        var address = known ? $"{ada.Name}@example.com" : $"nobody{Guid.NewGuid():N}@example.com";
        using var caller = Caller.Of(site);
        for (var i = 0; i < 5; i++)
            (await caller.WithBasic(address, $"wrong horse {i}").GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
        var limited = await caller.WithBasic(address, Browser.Password).GetAsync(Posts);
        limited.MustBe(HttpStatusCode.TooManyRequests, "too many requests");
        Assert.InRange(limited.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task RightPasswordMayComeAnyNumberOfTimesAlsoAtOnce()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => caller.GetAsync(Posts)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
    }

    [Fact]
    public async Task UnknownAddressesTakeAsLongAsWrongPasswords()
    {
        using var ada = await site.JoinAsync();
        foreach (var address in new[] { $"{ada.Name}@example.com", "nobody@example.com" })
        {
            using var caller = Caller.Of(site).WithBasic(address, "wrong horse battery");
            var started = TimeProvider.System.GetTimestamp();
            (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized);
            // An answer right behind the hash would come sooner.
            Assert.True(TimeProvider.System.GetElapsedTime(started) > EvenTime.Step * 0.9, address);
        }
    }

    [Fact]
    public async Task PasswordChangeEndsTheOldPasswordAndEveryToken()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        using var token = Caller.Of(site).WithBearer(await site.TokenAsync(ada));
        using var hour = Caller.Of(site).WithBasic((await caller.PostAsync("/api/v1/tokens/"))["token"]!, "");
        foreach (var one in new[] { caller, token, hour })
            (await one.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        await ada.Browser.SubmitAsync("/auth/change-password",
            ("Input.PresentPassword", Browser.Password), ("Input.Password", "staple gun orchard"), ("Input.PasswordAgain", "staple gun orchard"));
        foreach (var one in new[] { caller, token, hour })
            (await one.GetAsync(Posts)).MustBe(HttpStatusCode.Unauthorized, "unauthorized");
        (await caller.WithBasic($"{ada.Name}@example.com", "staple gun orchard").GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task RoleThatIsTakenAwayIsGoneAtTheNextRequest()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        (await caller.PostAsync(Posts, new { body = "one" })).MustBe(HttpStatusCode.Created);
        await site.Database.ScalarAsync<long>($"""WITH gone AS (DELETE FROM "UserRoles" WHERE "UserId" = {ada.Id} RETURNING 1) SELECT count(*) FROM gone""");
        (await caller.PostAsync(Posts, new { body = "two" })).MustBe(HttpStatusCode.Forbidden, "forbidden");
        (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
    }
}
