using System.Text.RegularExpressions;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Web.Account;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed partial class PasswordTests(Site site) : IClassFixture<Site>
{
    private const string NewPassword = "seven purple staples";

    [Fact]
    public async Task ChangingItEndsEveryOtherSessionAtOnceAndKeepsThisOne()
    {
        var name = await site.NewUserAsync();
        using var here = await site.LogInAsync(name);
        using var elsewhere = await site.LogInAsync(name);
        var page = await ChangeAsync(here, Browser.Password, NewPassword);
        Assert.Contains("Your password is changed", page, StringComparison.Ordinal);
        Assert.Contains($"Hello, {name}!", await here.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await elsewhere.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Logged in on this device only", await here.OpenAsync("/auth/account"), StringComparison.Ordinal);
        using var later = await site.LogInAsync(name, NewPassword);
        await WaitForNoticeAsync(name);
    }

    [Fact]
    public async Task ChangingItNeedsThePresentOne()
    {
        using var browser = await site.LogInAsync(await site.NewUserAsync());
        Assert.Contains("not your present password", await ChangeAsync(browser, "some other thing", NewPassword), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPresentPasswordsAreLimited()
    {
        using var browser = await site.LogInAsync(await site.NewUserAsync());
        for (var i = 0; i < 5; i++)
        {
            await ChangeAsync(browser, "some other thing", NewPassword);
        }
        Assert.Contains("Too many tries", await ChangeAsync(browser, Browser.Password, NewPassword), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password2024!")]
    [InlineData("P@ssw0rd123")]
    [InlineData("qwertyuiop")]
    [InlineData("sunshine99!!")]
    public async Task GuessableOnesAreRefusedEverywhere(string guessable)
    {
        var name = await site.NewUserAsync();
        using var stranger = site.Browse();
        Assert.Contains("guessed first", await stranger.RegisterAsync("someone", password: guessable), StringComparison.Ordinal);
        Assert.Contains("guessed first", await ResetAsync(stranger, await ResetTokenAsync(name), guessable), StringComparison.Ordinal);
        using var browser = await site.LogInAsync(name);
        Assert.Contains("guessed first", await ChangeAsync(browser, Browser.Password, guessable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnesMadeOfTheUsersOwnNameAreRefused()
    {
        using var browser = site.Browse();
        Assert.Contains("little more than your name", await browser.RegisterAsync("Archibald", password: "archibald-2024"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskingForAResetAnswersTheSameAndDoesTheSameWhetherOrNotThereIsAnAccount()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        var known = await browser.SubmitAsync("/auth/reset", ("Input.Email", $"{name}@example.com"));
        var unknown = await browser.SubmitAsync("/auth/reset", ("Input.Email", "nobody.is.here@example.com"));
        Assert.Equal(Plain(known).Replace($"{name}@", "nobody.is.here@", StringComparison.Ordinal), Plain(unknown));
        // The same job is enqueued for both: the page looks for no account, so that there is no difference to measure.
        foreach (var address in new[] { $"{name}@example.com", "nobody.is.here@example.com" })
        {
            await site.WaitForJobsAsync<ResetPassword>(job => job.Email == address);
        }
    }

    [Fact]
    public async Task ResetLinkSetsThePasswordOnceAndEndsEverySession()
    {
        var name = await site.NewUserAsync();
        using var elsewhere = await site.LogInAsync(name);
        using var browser = site.Browse();
        var token = await ResetTokenAsync(name);
        Assert.Contains("every session has ended", await ResetAsync(browser, token, NewPassword), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await elsewhere.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("was used, or has expired", await browser.OpenAsync($"/auth/reset/{token}"), StringComparison.Ordinal);
        using var later = await site.LogInAsync(name, NewPassword);
        await WaitForNoticeAsync(name);
    }

    [Fact]
    public async Task OfTwoResetsWithOneLinkAtOnceOneCounts()
    {
        var name = await site.NewUserAsync();
        var token = await ResetTokenAsync(name);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            await using var scope = site.Services.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<PasswordChange>().ResetAsync(token, $"{NewPassword} {i}", TestContext.Current.CancellationToken);
        }));
        Assert.Single(results, result => result is { Succeeded: true });
        Assert.Equal(3, results.Count(result => result is null));
    }

    [Fact]
    public async Task ResetLinkDiesWithAPasswordChange()
    {
        var name = await site.NewUserAsync();
        var token = await ResetTokenAsync(name);
        using var browser = await site.LogInAsync(name);
        await ChangeAsync(browser, Browser.Password, NewPassword);
        using var stranger = site.Browse();
        Assert.Contains("was used, or has expired", await stranger.OpenAsync($"/auth/reset/{token}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkOfOneKindIsWorthNothingForAnother()
    {
        var name = await site.NewUserAsync();
        using var browser = site.Browse();
        var confirmation = await site.TokenAsync($"{name}@example.com");
        Assert.Contains("was used, or has expired", await browser.OpenAsync($"/auth/reset/{confirmation}"), StringComparison.Ordinal);
    }

    private static Task<string> ChangeAsync(Browser browser, string present, string password) => browser.SubmitAsync("/auth/change-password",
        ("Input.PresentPassword", present), ("Input.Password", password), ("Input.PasswordAgain", password));

    private static Task<string> ResetAsync(Browser browser, string token, string password) =>
        browser.SubmitAsync($"/auth/reset/{token}", ("Input.Password", password), ("Input.PasswordAgain", password));

    private async Task<string> ResetTokenAsync(string name) =>
        site.Services.GetRequiredService<AccountTokens>().CreateResetToken((await site.FindAsync($"{name}@example.com"))!);

    private async Task WaitForNoticeAsync(string name)
    {
        var id = (await site.FindAsync($"{name}@example.com"))!.Id;
        await site.WaitForJobsAsync<PasswordChanged>(job => job.UserId == id);
    }

    // What differs on every page: the antiforgery token and the nonce.
    private static string Plain(string page) => Changing().Replace(page, "");

    [GeneratedRegex("value=\"CfDJ8[^\"]*\"|nonce=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Changing();
}
