using System.Text.Json;
using Flasky.Tests.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flasky.Tests.EndToEnd;

public sealed partial class LifeOfAMemberTests
{
    private const string PasskeyName = "Ada's phone";

    private async Task AStrangerRegistersAsync()
    {
        await member.GotoAsync(Address);
        await Expect(member.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Hello, Stranger!");
        await member.GetByRole(AriaRole.Link, new() { Name = "Register" }).ClickAsync();
        await member.GetByLabel("E-mail").FillAsync(Email);
        await member.GetByLabel("User name").FillAsync(ada);
        await member.GetByLabel("Password", new() { Exact = true }).FillAsync(Browser.Password);
        await member.GetByLabel("Password, again").FillAsync(Browser.Password);
        await Button(member, "Register").ClickAsync();
        await Expect(member.GetByText("Almost there")).ToBeVisibleAsync();
    }

    private async Task ConfirmsByMailAsync()
    {
        await FillInTheLoginAsync();
        await Expect(member).ToHaveURLAsync($"{Address}/auth/unconfirmed");
        var opened = await member.Context.ConfirmByMailAsync(system, Email);
        await Expect(opened.GetByText("You have confirmed your account")).ToBeVisibleAsync();
        // Back to the first tab: a browser shows passkeys only to the one that is in front.
        await member.BringToFrontAsync();
        await member.GotoAsync(Address);
        await Expect(member.GetByText($"Hello, {ada}!")).ToBeVisibleAsync();
    }

    private async Task LogsInWithAPasskeyAsync()
    {
        await member.AddAuthenticatorAsync();
        await member.GotoAsync($"{Address}/auth/passkeys");
        await member.GetByLabel("Password").FillAsync(Browser.Password);
        await Button(member, "Go on").ClickAsync();
        await member.GetByLabel("Name").FillAsync(PasskeyName);
        await Button(member, "Add it").ClickAsync();
        await Expect(member.GetByText($"You can log in with {PasskeyName}")).ToBeVisibleAsync();
        await member.LogOutAsync();
        await member.GotoAsync($"{Address}/auth/login");
        await Button(member, "Log in with a passkey").ClickAsync();
        await Expect(member.GetByText($"Hello, {ada}!")).ToBeVisibleAsync();
    }

    private async Task TakesTheDataAlongAsync()
    {
        await member.GotoAsync($"{Address}/auth/data");
        await Button(member, "Use a passkey").ClickAsync();
        var download = await member.RunAndWaitForDownloadAsync(() => Button(member, "Download it").ClickAsync());
        Assert.Equal($"flasky-{ada}.json", download.SuggestedFilename);
        await using var file = await download.CreateReadStreamAsync();
        var data = (await JsonDocument.ParseAsync(file, cancellationToken: TestContext.Current.CancellationToken)).RootElement;
        var account = data.GetProperty("account");
        Assert.Equal((Email, "Ada Lovelace"), (account.GetProperty("email").GetString(), account.GetProperty("name").GetString()));
        Assert.Equal(PasskeyName, Only(account.GetProperty("passkeys")).GetProperty("name").GetString());
        Assert.Equal("The engine weaves **algebraic** patterns.", Only(data.GetProperty("posts")).GetProperty("body").GetString());
        var comment = Only(data.GetProperty("comments"));
        Assert.Equal(("Flowers and leaves, *of course*.", true), (comment.GetProperty("body").GetString(), comment.GetProperty("isDisabled").GetBoolean()));
        Assert.Equal(mo, Only(data.GetProperty("follows").GetProperty("following")).GetProperty("userName").GetString());
    }

    private async Task DeletesTheAccountAsync()
    {
        await member.GetByLabel("Your user name").FillAsync(ada);
        await Button(member, "Delete my account for ever").ClickAsync();
        await Expect(member.GetByText("Your account is deleted")).ToBeVisibleAsync();
        await member.GotoAsync($"{Address}/auth/login");
        await Button(member, "Log in with a passkey").ClickAsync();
        await Expect(member.GetByText("This passkey could not be used")).ToBeVisibleAsync();
        await FillInTheLoginAsync();
        await Expect(member.GetByText("do not belong together")).ToBeVisibleAsync();
    }

    /// <summary>What the page promises: all that the member has written goes, and what others wrote stays.</summary>
    private async Task NothingIsLeftAsync()
    {
        var answer = await member.GotoAsync($"{Address}/user/{ada}");
        Assert.Equal(404, answer!.Status);
        await member.GotoAsync($"{Address}/user/{mo}");
        await Expect(member.GetByRole(AriaRole.Link, new() { Name = "0 followers" })).ToBeVisibleAsync();
        await Post(member, topic).GetByRole(AriaRole.Link, new() { Name = "Comment" }).ClickAsync();
        await Expect(member.GetByRole(AriaRole.Heading, new() { Name = "No comments yet" })).ToBeVisibleAsync();
        await member.GotoAsync($"{Address}/tag/engines");
        await Expect(Post(member, ada)).ToHaveCountAsync(0);
    }

    private async Task FillInTheLoginAsync()
    {
        await member.GetByLabel("E-mail").FillAsync(Email);
        await member.GetByLabel("Password").FillAsync(Browser.Password);
        await Button(member, "Log in").ClickAsync();
    }

    private static JsonElement Only(JsonElement list) => Assert.Single(list.EnumerateArray());
}
