using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Worker;

public sealed class NewFollowerHandlerTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FollowedUserIsToldWithALinkToUnsubscribeFromThisKindOnly()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob) = (await host.AddUserAsync(), await host.AddUserAsync());
        await host.FollowAsync(bob, ada);
        await host.RunAsync(new NewFollower(bob.Id, ada.Id));

        var message = Assert.Single(host.Mailbox.Messages);
        Assert.Equal($"[Flasky] {bob.UserName} follows you", message.Subject);
        Assert.Equal([ada.Email!], message.Recipients);
        Assert.Contains($"\nhttps://flasky.example.com/user/{bob.UserName}", message.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        // Long as it is, in one piece and not encoded: mail programs take it as it stands.
        var link = Assert.Single(message.SourceText.Replace("\r\n ", " ", StringComparison.Ordinal).Split("\r\n"), line => line.StartsWith("List-Unsubscribe: ", StringComparison.Ordinal))["List-Unsubscribe: ".Length..].TrimStart();
        Assert.Matches("^<https://flasky\\.example\\.com/unsubscribe/[A-Za-z0-9_-]+>$", link);
        Assert.Contains(link.Trim('<', '>'), message.Text, StringComparison.Ordinal);
        Assert.Contains(link.Trim('<', '>'), message.Html, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", message.Header("List-Unsubscribe-Post"));
        Assert.Equal("auto-generated", message.Header("Auto-Submitted"));
        Assert.Equal((ada.Id, NotificationKinds.NewFollower), host.Services.GetRequiredService<UnsubscribeTokens>().Read(link[..^1].Split('/')[^1]));
    }

    [Fact]
    public async Task WhoDoesNotFollowAnyMoreIsNotToldOf()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob) = (await host.AddUserAsync(), await host.AddUserAsync());
        await host.RunAsync(new NewFollower(bob.Id, ada.Id));
        await host.RunAsync(new NewFollower(bob.Id, -1));
        await host.RunAsync(new NewFollower(-1, ada.Id));
        Assert.Empty(host.Mailbox.Messages);
    }

    [Fact]
    public async Task SwitchedOffKindIsNotSentAndOthersAre()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve) = (await host.AddUserAsync(), await host.AddUserAsync(), await host.AddUserAsync());
        await host.FollowAsync(bob, ada);
        await host.FollowAsync(bob, eve);
        await host.WithAsync<NotificationChoices>(choices => choices.SwitchOffAsync(ada.Id, NotificationKinds.NewFollower, Cancel));
        await host.WithAsync<NotificationChoices>(choices => choices.SwitchOffAsync(eve.Id, NotificationKinds.Reply, Cancel));
        await host.RunAsync(new NewFollower(bob.Id, ada.Id));
        await host.RunAsync(new NewFollower(bob.Id, eve.Id));
        Assert.Equal([(eve.UserName!, $"[Flasky] {bob.UserName} follows you")], host.Sent);
    }

    public static TheoryData<string> States => ["unconfirmed", "locked out"];

    [Theory]
    [MemberData(nameof(States))]
    public async Task NothingIsSentToOrAboutAnAccountThatCannotBeUsed(string state)
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, other) = (await host.AddUserAsync(), await host.AddUserAsync(change: Disable));
        await host.FollowAsync(other, ada);
        await host.FollowAsync(ada, other);
        await host.RunAsync(new NewFollower(other.Id, ada.Id));
        await host.RunAsync(new NewFollower(ada.Id, other.Id));
        Assert.Empty(host.Mailbox.Messages);

        await host.WithAsync<FlaskyDbContext>(db => db.Users.Where(user => user.Id == other.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true).SetProperty(user => user.LockoutEnd, DateTimeOffset.UnixEpoch), Cancel));
        await host.RunAsync(new NewFollower(other.Id, ada.Id));
        Assert.Equal([(ada.UserName!, $"[Flasky] {other.UserName} follows you")], host.Sent);

        void Disable(User user)
        {
            if (state == "unconfirmed")
                user.EmailConfirmed = false;
            else
                (user.LockoutEnabled, user.LockoutEnd) = (true, TimeProvider.System.GetUtcNow().AddDays(1));
        }
    }

    [Fact]
    public async Task NameWithLineBreaksAddsNoHeader()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var ada = await host.AddUserAsync("ada\r\nBcc: eve@example.com\r\n");
        var bob = await host.AddUserAsync("bob\r\nBcc: eve@example.com\r\n\r\nbody");
        await host.FollowAsync(bob, ada);
        await host.RunAsync(new NewFollower(bob.Id, ada.Id));

        var message = Assert.Single(host.Mailbox.Messages);
        Assert.Equal([ada.Email!], message.Recipients);
        Assert.Null(message.Header("Bcc"));
        Assert.Equal("[Flasky] bobBcc: eve@example.combody follows you", message.Subject);
        Assert.NotNull(message.Header("List-Unsubscribe"));
    }
}
