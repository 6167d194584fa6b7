using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Worker;

/// <summary>From a comment that was written to the mails about it.</summary>
public sealed class CommentHandlersTests(FlaskyDatabase database) : IClassFixture<FlaskyDatabase>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostAuthorAndEarlierCommentersAreEachToldOnce()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve, zoe) = (await host.AddUserAsync("ada"), await host.AddUserAsync("bob"), await host.AddUserAsync("eve"), await host.AddUserAsync("zoe"));
        var post = await host.AddPostAsync(ada);
        // The post's author has commented too, eve twice; zoe comes later.
        foreach (var author in new[] { ada, bob, eve, eve })
            await host.AddCommentAsync(post, author);
        var comment = await host.AddCommentAsync(post, bob, "Hello,\n<b>both</b>");
        await host.AddCommentAsync(post, zoe);

        await host.RunAsync(new CommentWritten(comment.Id));
        Assert.Equal([("ada", "[Flasky] bob commented on your post"), ("eve", "[Flasky] bob commented after you")], host.Sent);
        foreach (var message in host.Mailbox.Messages)
        {
            Assert.Contains("> Hello,\n> <b>both</b>\n", message.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains($"\nhttps://flasky.example.com/post/{post.Id}?page=-1#comment-{comment.Id}\n", message.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.DoesNotContain("<b>both", message.Html, StringComparison.Ordinal);
        }
        Assert.Equal(
            [(ada.Id, NotificationKinds.NewComment), (eve.Id, NotificationKinds.Reply)],
            host.Mailbox.Messages.Select(message => host.Services.GetRequiredService<UnsubscribeTokens>().Read(message.Header("List-Unsubscribe")![..^1].Split('/')[^1])!.Value).Order());
    }

    [Fact]
    public async Task SpreadingTwiceIsSpreadingOnce()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve) = (await host.AddUserAsync("ada"), await host.AddUserAsync("bob"), await host.AddUserAsync("eve"));
        var post = await host.AddPostAsync(ada);
        await host.AddCommentAsync(post, eve);
        var comment = await host.AddCommentAsync(post, bob);
        await host.RunAsync(new CommentWritten(comment.Id));
        await host.RunAsync(new CommentWritten(comment.Id));
        Assert.Equal(["ada", "eve"], host.Sent.Select(mail => mail.To));
    }

    [Fact]
    public async Task NobodyIsToldOfTheirOwnComment()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var ada = await host.AddUserAsync();
        var post = await host.AddPostAsync(ada);
        await host.AddCommentAsync(post, ada);
        var comment = await host.AddCommentAsync(post, ada);
        await host.RunAsync(new CommentWritten(comment.Id));
        await host.RunAsync(new NewComment(comment.Id));
        await host.RunAsync(new Reply(comment.Id, ada.Id));
        Assert.Empty(host.Mailbox.Messages);
    }

    [Fact]
    public async Task AnswerGoesToNobodyWhoHasNotCommentedOrWhoseCommentIsHidden()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve) = (await host.AddUserAsync(), await host.AddUserAsync(), await host.AddUserAsync());
        var post = await host.AddPostAsync(ada);
        await host.AddCommentAsync(await host.AddPostAsync(ada), eve);
        await host.AddCommentAsync(post, eve, isDisabled: true);
        var comment = await host.AddCommentAsync(post, bob);
        await host.RunAsync(new Reply(comment.Id, eve.Id));
        // The post's author has a notification of another kind.
        await host.RunAsync(new Reply(comment.Id, ada.Id));
        Assert.Empty(host.Mailbox.Messages);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("post deleted")]
    [InlineData("author deleted")]
    [InlineData("author unconfirmed")]
    public async Task WhatIsGoneBeforeTheMailGoesIsNotMailed(string what)
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve) = (await host.AddUserAsync(), await host.AddUserAsync(), await host.AddUserAsync());
        var post = await host.AddPostAsync(ada);
        await host.AddCommentAsync(post, eve);
        var comment = await host.AddCommentAsync(post, bob);
        await host.WithAsync<FlaskyDbContext>(db => what switch
        {
            "hidden" => db.Comments.Where(c => c.Id == comment.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsDisabled, true), Cancel),
            "post deleted" => db.Posts.Where(p => p.Id == post.Id).ExecuteDeleteAsync(Cancel),
            "author deleted" => db.Users.Where(u => u.Id == bob.Id).ExecuteDeleteAsync(Cancel),
            _ => db.Users.Where(u => u.Id == bob.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, false), Cancel),
        });
        await host.RunAsync(new CommentWritten(comment.Id));
        await host.RunAsync(new NewComment(comment.Id));
        await host.RunAsync(new Reply(comment.Id, eve.Id));
        Assert.Empty(host.Mailbox.Messages);
    }

    [Fact]
    public async Task WhoHasSwitchedItOffMeanwhileGetsNothing()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob, eve) = (await host.AddUserAsync(), await host.AddUserAsync(), await host.AddUserAsync());
        var post = await host.AddPostAsync(ada);
        await host.AddCommentAsync(post, eve);
        var comment = await host.AddCommentAsync(post, bob);
        await host.WithAsync<NotificationChoices>(choices => choices.SwitchOffAsync(ada.Id, NotificationKinds.NewComment, Cancel));
        await host.WithAsync<NotificationChoices>(choices => choices.SwitchOffAsync(eve.Id, NotificationKinds.Reply, Cancel));
        await host.RunAsync(new NewComment(comment.Id));
        await host.RunAsync(new Reply(comment.Id, eve.Id));
        await host.RunAsync(new CommentWritten(comment.Id));
        Assert.Empty(host.Mailbox.Messages);
        Assert.Single(host.Jobs.EnqueuedOf<Reply>());
    }

    [Fact]
    public async Task TextWithHeadersAndDotsStaysInTheBody()
    {
        await using var host = await NotificationHost.StartAsync(database);
        var (ada, bob) = (await host.AddUserAsync(), await host.AddUserAsync("bob"));
        var comment = await host.AddCommentAsync(await host.AddPostAsync(ada), bob, "\r\nBcc: eve@example.com\r\n.\r\nQUIT\n\nübrig");
        await host.RunAsync(new NewComment(comment.Id));
        var message = Assert.Single(host.Mailbox.Messages);
        Assert.Equal([ada.Email!], message.Recipients);
        Assert.Null(message.Header("Bcc"));
        Assert.Contains(">\n> Bcc: eve@example.com\n> .\n> QUIT\n>\n> übrig\n", message.Text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
