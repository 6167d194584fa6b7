using Flasky.Data.Users;
using Flasky.Emails;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

public sealed class EmailChangeTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task LinkInTheMailToTheNewAddressChangesItOnceAndEndsOtherSessions()
    {
        var name = await site.NewUserAsync();
        using var browser = await AskAsync(name, $"{name}@example.org");
        using var elsewhere = await site.LogInAsync(name);
        Assert.NotNull(await site.FindAsync($"{name}@example.com"));
        var link = $"/auth/change-email/{await TokenAsync(name)}";

        Assert.Contains($"Your e-mail address is {name}@example.org now", await browser.OpenAsync(link), StringComparison.Ordinal);
        Assert.Null(await site.FindAsync($"{name}@example.com"));
        Assert.Contains($"Hello, {name}!", await browser.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("Hello, Stranger!", await elsewhere.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Contains("was used, or has expired", await browser.OpenAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task BothAddressesAreTold()
    {
        var name = await site.NewUserAsync();
        using var browser = await AskAsync(name, $"{name}@example.org");
        var id = (await site.FindAsync($"{name}@example.com"))!.Id;
        await site.WaitForJobsAsync<ConfirmNewEmail>(job => job.UserId == id);
        await site.WaitForJobsAsync<EmailChangeRequested>(job => job == new EmailChangeRequested(id, $"{name}@example.com"));
    }

    [Fact]
    public async Task AddressOfAnotherAccountGetsTheSameAnswerAndIsNeverTaken()
    {
        var (name, other) = (await site.NewUserAsync(), await site.NewUserAsync());
        using var browser = await AskAsync(name, $"{other}@example.com");
        Assert.Contains("was used, or has expired", await browser.OpenAsync($"/auth/change-email/{await TokenAsync(name)}"), StringComparison.Ordinal);
        Assert.Equal(other, (await site.FindAsync($"{other}@example.com"))!.UserName);
    }

    [Fact]
    public async Task LinkWorksForItsOwnUserOnly()
    {
        var (name, other) = (await site.NewUserAsync(), await site.NewUserAsync());
        using var browser = await AskAsync(name, $"{name}@example.org");
        using var stranger = await site.LogInAsync(other);
        Assert.Contains("not yours", await stranger.OpenAsync($"/auth/change-email/{await TokenAsync(name)}"), StringComparison.Ordinal);
        Assert.NotNull(await site.FindAsync($"{other}@example.com"));
    }

    [Fact]
    public async Task LinkDiesWithALaterRequestForAnotherAddressAndWithThePassword()
    {
        var name = await site.NewUserAsync();
        using var browser = await AskAsync(name, $"{name}@example.org");
        var first = await TokenAsync(name);
        await browser.SubmitAsync("/auth/change-email", ("Input.Email", $"{name}@example.net"));
        Assert.Contains("was used, or has expired", await browser.OpenAsync($"/auth/change-email/{first}"), StringComparison.Ordinal);

        var second = await TokenAsync(name);
        await browser.SubmitAsync("/auth/change-password",
            ("Input.PresentPassword", Browser.Password), ("Input.Password", "seven purple staples"), ("Input.PasswordAgain", "seven purple staples"));
        Assert.Contains("was used, or has expired", await browser.OpenAsync($"/auth/change-email/{second}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskingNeedsThePasswordOnceMore()
    {
        using var browser = await site.LogInAsync(await site.NewUserAsync());
        await browser.OpenAsync("/auth/change-email");
        Assert.Equal("/auth/again?next=%2Fauth%2Fchange-email", browser.Path);
    }

    private async Task<Browser> AskAsync(string name, string email)
    {
        var browser = await site.LogInAsync(name);
        await browser.ShowPasswordAsync("/auth/change-email");
        Assert.Contains($"If {email} can be your address", await browser.SubmitAsync("/auth/change-email", ("Input.Email", email)), StringComparison.Ordinal);
        return browser;
    }

    private async Task<string> TokenAsync(string name) =>
        site.Services.GetRequiredService<AccountTokens>().CreateEmailToken((await site.FindAsync($"{name}@example.com"))!);
}
