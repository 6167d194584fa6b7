using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs.Testing;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class RegistrationTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task RegisteringMakesAnUnconfirmedUserAndSendsAJobWithTheUsersId()
    {
        using var browser = site.Browse();
        var page = await browser.RegisterAsync("ada");
        Assert.Equal("/auth/login", browser.Path);
        Assert.Contains("we are sending a link to ada@example.com", page, StringComparison.Ordinal);

        var user = await site.FindAsync("ada@example.com");
        Assert.False(user!.EmailConfirmed);
        await site.WaitForMailsAsync(user.Id, 1);
        var job = site.Jobs.ShouldHaveEnqueuedOnce<ConfirmAccount>(job => job.UserId == user.Id);
        Assert.Equal("mail", job.Queue);
        Assert.Contains("traceparent", job.Envelope.Headers.Keys);

        await using var scope = site.Services.CreateAsyncScope();
        Assert.Equal([Role.User], await scope.ServiceProvider.GetRequiredService<UserManager<User>>().GetRolesAsync(user));
    }

    [Fact]
    public async Task KnownAddressGetsTheSameAnswerAndNoSecondAccount()
    {
        using var browser = site.Browse();
        var first = await browser.RegisterAsync("grace");
        var second = await browser.RegisterAsync("hopper", "Grace@Example.com");
        Assert.Equal("/auth/login", browser.Path);
        Assert.Equal(Plain(first), Plain(second).Replace("Grace@Example.com", "grace@example.com", StringComparison.Ordinal));
        Assert.Equal(0, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "Users" WHERE "UserName" = 'hopper' """));
        Assert.Equal("grace", (await site.FindAsync("grace@example.com"))!.UserName);
    }

    [Fact]
    public async Task TakenUserNameIsSaidToBe()
    {
        using var browser = site.Browse();
        await browser.RegisterAsync("linus");
        var page = await browser.RegisterAsync("LINUS", "other@example.com");
        Assert.Equal("/auth/register", browser.Path);
        Assert.Contains("'LINUS' is already taken", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RaceForOneNameGivesOneAccountAndNoServerError()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var browser = site.Browse();
            return await browser.RegisterAsync("race", $"race{i}@example.com");
        }));
        Assert.Single(pages, page => page.Contains("we are sending a link", StringComparison.Ordinal));
        Assert.Equal(7, pages.Count(page => page.Contains("already taken", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RaceForOneAddressGivesOneAccountAndEqualAnswers()
    {
        var pages = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var browser = site.Browse();
            return await browser.RegisterAsync($"racer{i}", "racer@example.com");
        }));
        Assert.All(pages, page => Assert.Contains("we are sending a link", page, StringComparison.Ordinal));
        Assert.Equal(1, await site.Database.ScalarAsync<long>("""SELECT count(*) FROM "Users" WHERE "Email" = 'racer@example.com' """));
    }

    [Theory]
    [InlineData("", "bob", Browser.Password, Browser.Password, "enter your e-mail address")]
    [InlineData("bob", "bob", Browser.Password, Browser.Password, "not a valid e-mail address")]
    [InlineData("Bob <bob@example.com>", "bob", Browser.Password, Browser.Password, "not a valid e-mail address")]
    [InlineData("a b@example.com", "bob", Browser.Password, Browser.Password, "not a valid e-mail address")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f12@example.com", "bob", Browser.Password, Browser.Password, "at most 64 characters")]
    [InlineData("bob@example.com", "", Browser.Password, Browser.Password, "choose a user name")]
    [InlineData("bob@example.com", "1bob", Browser.Password, Browser.Password, "starts with a letter")]
    [InlineData("bob@example.com", "bob!", Browser.Password, Browser.Password, "starts with a letter")]
    [InlineData("bob@example.com", "böb", Browser.Password, Browser.Password, "starts with a letter")]
    [InlineData("bob@example.com", "a123456789b123456789c123456789d123456789e123456789f123456789g1234", Browser.Password, Browser.Password, "at most 64 characters")]
    [InlineData("bob@example.com", "bob", "short", "short", "at least 10 characters")]
    [InlineData("bob@example.com", "bob", "aaaaaaaaaaaa", "aaaaaaaaaaaa", "different characters")]
    [InlineData("bob@example.com", "bob", Browser.Password, "another password", "not the same")]
    public async Task RulesOfTheForm(string email, string name, string password, string again, string message)
    {
        using var browser = site.Browse();
        var page = await browser.RegisterAsync(name, email, password, again);
        Assert.Equal("/auth/register", browser.Path);
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.DoesNotContain(password, page, StringComparison.Ordinal);
        Assert.Null(await site.FindAsync("bob@example.com"));
    }

    // The antiforgery token and the nonce are others on every page.
    private static string Plain(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, "value=\"CfDJ8[^\"]*\"|nonce=\"[^\"]*\"", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
