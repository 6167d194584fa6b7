using Flasky.Tests.Web;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Flasky.Tests.EndToEnd;

/// <summary>
/// One walk through the whole site, from a stranger's first look to the deletion of the account, in real browsers, while every page
/// and every form comes to the replica that did not answer the one before.
/// </summary>
[Collection(nameof(FlaskySystem))]
public sealed partial class LifeOfAMemberTests(FlaskySystem system) : IAsyncLifetime
{
    private const int FewestPages = 30;

    private readonly string ada = NewName("ada"), mo = NewName("mo"), topic = NewName("topic");

    private Chromium chromium = null!;
    private IPage member = null!, moderator = null!;

    private string Address => system.WebAddress.ToString().TrimEnd('/');

    private string Email => $"{ada}@example.com";

    [Fact]
    public async Task EveryStepWorksWhicheverReplicaAnswers()
    {
        var before = system.Proxy.PagesByReplica;
        var errors = member.CollectErrors();
        await AModeratorWritesAsync();
        await AStrangerRegistersAsync();
        await ConfirmsByMailAsync();
        await FillsInTheProfileAsync();
        await WritesAPostWithAPreviewAsync();
        await FollowsAsync();
        await CommentsAsync();
        await TheModeratorHidesTheCommentAsync();
        await SearchesAsync();
        await LogsInWithAPasskeyAsync();
        await TakesTheDataAlongAsync();
        Assert.Empty(errors);
        await DeletesTheAccountAsync();
        await NothingIsLeftAsync();

        var shares = system.Proxy.PagesByReplica.Select(replica => replica.Value - before.GetValueOrDefault(replica.Key)).ToList();
        Assert.Equal(2, shares.Count);
        Assert.InRange(shares.Sum(), FewestPages, int.MaxValue);
        Assert.All(shares, share => Assert.InRange(share, shares.Sum() * 0.3, shares.Sum() * 0.7));
    }

    public async ValueTask InitializeAsync()
    {
        chromium = await Chromium.StartAsync();
        member = await (await chromium.NewContextAsync()).NewPageAsync();
        moderator = await (await chromium.NewContextAsync()).NewPageAsync();
    }

    public async ValueTask DisposeAsync() => await chromium.DisposeAsync();

    private async Task AModeratorWritesAsync()
    {
        await system.RunWebAsync(Browser.Password, "users", "create", mo, $"{mo}@example.com", "Moderator");
        await moderator.LogInAsync(Address, mo);
        await moderator.GetByLabel("What's on your mind?").FillAsync($"Looms, punched cards, {topic}: what are you weaving?");
        await Button(moderator, "Publish").ClickAsync();
        await Expect(Post(moderator, topic)).ToBeVisibleAsync();
    }

    private async Task FillsInTheProfileAsync()
    {
        await member.GetByTitle("Signed in as").ClickAsync();
        await member.GetByRole(AriaRole.Link, new() { Name = "Edit profile" }).ClickAsync();
        await member.GetByLabel("Real name").FillAsync("Ada Lovelace");
        await member.GetByLabel("Location").FillAsync("London");
        await member.GetByLabel("About me").FillAsync("I write notes. Some of them compute.");
        await Button(member, "Save").ClickAsync();
        await Expect(member.GetByText("Your profile is changed.")).ToBeVisibleAsync();
        await Expect(member.GetByText("Ada Lovelace · London")).ToBeVisibleAsync();
    }

    private async Task WritesAPostWithAPreviewAsync()
    {
        await member.GotoAsync(Address);
        await member.GetByLabel("What's on your mind?").FillAsync("The engine weaves **algebraic** patterns.");
        await Expect(member.GetByRole(AriaRole.Region, new() { Name = "Preview" }).Locator("strong")).ToHaveTextAsync("algebraic");
        await member.GetByLabel("Tags").FillAsync("engines");
        await Button(member, "Publish").ClickAsync();
        await Expect(member.GetByText("Your post is published.")).ToBeVisibleAsync();
        await Expect(Post(member, ada).Locator("strong")).ToHaveTextAsync("algebraic");
    }

    private async Task FollowsAsync()
    {
        await member.GotoAsync($"{Address}/user/{mo}");
        await Button(member, "Follow").ClickAsync();
        await Expect(Button(member, "Unfollow")).ToBeVisibleAsync();
        await member.GotoAsync(Address);
        await member.GetByRole(AriaRole.Link, new() { Name = "Followed", Exact = true }).ClickAsync();
        await Expect(Post(member, topic)).ToBeVisibleAsync();
        await moderator.GotoAsync($"{Address}/user/{ada}");
        await Expect(moderator.GetByText("Follows you")).ToBeVisibleAsync();
    }

    private async Task CommentsAsync()
    {
        await Post(member, topic).GetByRole(AriaRole.Link, new() { Name = "Comment" }).ClickAsync();
        await member.GetByLabel("Your comment").FillAsync("Flowers and leaves, *of course*.");
        await Button(member, "Comment").ClickAsync();
        await Expect(Comment(member).Locator("em")).ToHaveTextAsync("of course");
    }

    private async Task TheModeratorHidesTheCommentAsync()
    {
        await moderator.GotoAsync($"{Address}/moderate");
        await Button(Comment(moderator), "Hide").ClickAsync();
        await Expect(Button(Comment(moderator), "Show again")).ToBeVisibleAsync();
        await Expect(Comment(moderator).GetByText("of course")).ToBeVisibleAsync();
        await member.ReloadAsync();
        await Expect(Comment(member).GetByText("A moderator has hidden this comment.")).ToBeVisibleAsync();
        await Expect(member.GetByText("of course")).ToHaveCountAsync(0);
    }

    private async Task SearchesAsync()
    {
        var search = member.GetByRole(AriaRole.Searchbox, new() { Name = "Search posts" });
        await search.FillAsync(topic);
        await search.PressAsync("Enter");
        await Expect(Post(member, topic).GetByRole(AriaRole.Link, new() { Name = mo })).ToBeVisibleAsync();
        await Expect(member.Locator(".post")).ToHaveCountAsync(1);
    }

    private ILocator Comment(IPage page) => page.Locator(".comment").Filter(new() { HasText = ada });

    private static ILocator Post(IPage page, string text) => page.Locator(".post").Filter(new() { HasText = text });

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static ILocator Button(ILocator part, string name) => part.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static string NewName(string start) => $"{start}{Guid.NewGuid():N}"[..16];
}
