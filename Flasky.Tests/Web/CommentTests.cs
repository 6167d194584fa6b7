using System.Net;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

public sealed class CommentTests(CommentSite site) : IClassFixture<CommentSite>
{
    [Fact]
    public async Task ACommentAppearsOnTheLastPageWhereItsAuthorIsTaken()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Discuss");
        for (var i = 1; i <= CommentSite.PageSize; i++)
            await ada.CommentAsync(post, $"Number {i}.");
        var page = await ada.Browser.SubmitAsync($"/post/{post.Id}", ("Input.Body", "The *last* word"));
        Assert.Equal($"/post/{post.Id}?page=-1", ada.Browser.Path);
        Assert.Contains("The <em>last</em> word", page, StringComparison.Ordinal);
        Assert.Contains("Page 2", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Number 1.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommentsAreOldestFirstAndPagesAreRightAtBothEnds()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Discuss");
        Assert.Contains("No comments yet", await ada.Browser.OpenAsync($"/post/{post.Id}?page=-1"), StringComparison.Ordinal);
        for (var i = 1; i <= CommentSite.PageSize; i++)
            await ada.CommentAsync(post, $"Number {i}.");
        var only = await ada.Browser.OpenAsync($"/post/{post.Id}?page=-1");
        Assert.True(only.IndexOf("Number 1.", StringComparison.Ordinal) < only.IndexOf("Number 2.", StringComparison.Ordinal));
        // Exactly a page full: there is no second one.
        Assert.DoesNotContain("rel=\"next\"", only, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", only, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"pager\"", only, StringComparison.Ordinal);

        await ada.CommentAsync(post, $"Number {CommentSite.PageSize + 1}.");
        foreach (var first in new[] { "", "?page=1", "?page=0", "?page=-2", "?page=x" })
        {
            var page = await ada.Browser.OpenAsync($"/post/{post.Id}{first}");
            Assert.Contains("Number 1.", page, StringComparison.Ordinal);
            Assert.Contains("rel=\"next\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("rel=\"prev\"", page, StringComparison.Ordinal);
        }
        var last = await ada.Browser.OpenAsync($"/post/{post.Id}?page=-1");
        Assert.DoesNotContain("rel=\"next\"", last, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\"", last, StringComparison.Ordinal);
        Assert.Contains("There are no comments on this page.", await ada.Browser.OpenAsync($"/post/{post.Id}?page=2147483647"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Please write something first.")]
    [InlineData(null, "A comment has at most 4000 characters.")]
    public async Task RulesOfTheForm(string? body, string message)
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Discuss");
        var page = await ada.Browser.SubmitAsync($"/post/{post.Id}", ("Input.Body", body ?? new string('a', 4001)));
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Contains("No comments yet", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrangersAreAskedToLogInAndDraftsTakeNoComments()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Discuss");
        var draft = await ada.WriteAsync("Later", isDraft: true);
        using var stranger = site.Browse();
        Assert.Contains($"/auth/login?next=%2Fpost%2F{post.Id}", await stranger.OpenAsync($"/post/{post.Id}"), StringComparison.Ordinal);
        using var sentAway = await stranger.PostToAsync("/auth/login", $"/post/{post.Id}", ("Input.Body", "x"));
        Assert.Equal(HttpStatusCode.Redirect, sentAway.StatusCode);
        using var refused = await ada.Browser.PostToAsync("/", $"/post/{draft.Id}", ("Input.Body", "x"));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Comments" WHERE "PostId" IN ({post.Id}, {draft.Id})"""));
    }

    [Fact]
    public async Task TheTextOfAHiddenCommentIsShownToModeratorsOnly()
    {
        using var ada = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        var post = await ada.WriteAsync("Discuss");
        var comment = await ada.CommentAsync(post, "Something rude");
        var back = await moderator.Browser.SendAsync($"/post/{post.Id}?page=1", $"/moderate/disable/{comment.Id}");
        Assert.StartsWith($"/post/{post.Id}?page=1", moderator.Browser.Path, StringComparison.Ordinal);
        Assert.Contains("Something rude", back, StringComparison.Ordinal);
        Assert.Contains("A moderator has hidden this comment.", back, StringComparison.Ordinal);

        using var stranger = site.Browse();
        foreach (var reader in new[] { stranger, ada.Browser })
        {
            var page = await reader.OpenAsync($"/post/{post.Id}");
            Assert.DoesNotContain("Something rude", page, StringComparison.Ordinal);
            Assert.Contains("A moderator has hidden this comment.", page, StringComparison.Ordinal);
            Assert.DoesNotContain("/moderate", page, StringComparison.Ordinal);
        }
        await moderator.Browser.SendAsync($"/post/{post.Id}", $"/moderate/enable/{comment.Id}");
        Assert.Contains("Something rude", await stranger.OpenAsync($"/post/{post.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModerationShowsTheNewestFirstAndReturnsToTheSamePage()
    {
        using var moderator = await site.JoinAsync(Role.Moderator);
        var post = await moderator.WriteAsync("Discuss");
        var oldest = await moderator.CommentAsync(post, "Oldest");
        for (var i = 0; i < CommentSite.PageSize; i++)
            await moderator.CommentAsync(post, $"Newer {i}");
        Assert.DoesNotContain("Oldest", await moderator.Browser.OpenAsync("/moderate"), StringComparison.Ordinal);
        var page = await moderator.Browser.SendAsync("/moderate?page=2", $"/moderate/disable/{oldest.Id}");
        Assert.StartsWith("/moderate?page=2", moderator.Browser.Path, StringComparison.Ordinal);
        Assert.Contains($"/moderate/enable/{oldest.Id}", page, StringComparison.Ordinal);
        Assert.Contains("Nothing to moderate", await moderator.Browser.OpenAsync("/moderate?page=900"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModeratingIsForModeratorsAndByPostAndNeverLeadsElsewhere()
    {
        using var ada = await site.JoinAsync();
        using var admin = await site.JoinAsync(Role.Administrator);
        var post = await ada.WriteAsync("Discuss");
        var comment = await ada.CommentAsync(post, "Fine");
        Assert.Equal(HttpStatusCode.Forbidden, await ada.Browser.StatusAsync("/moderate"));
        using var forbidden = await ada.Browser.PostToAsync("/", $"/moderate/disable/{comment.Id}");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var stranger = site.Browse();
        Assert.Equal(HttpStatusCode.Redirect, await stranger.StatusAsync("/moderate"));

        await admin.Browser.OpenAsync($"/moderate/disable/{comment.Id}");
        Assert.False(await site.Database.ScalarAsync<bool>($"""SELECT "IsDisabled" FROM "Comments" WHERE "Id" = {comment.Id}"""));
        using var elsewhere = await admin.Browser.PostToAsync("/", $"/moderate/disable/{comment.Id}?next=//evil.example/");
        Assert.Equal($"/moderate#comment-{comment.Id}", elsewhere.Headers.Location!.OriginalString);
        using var nothing = await admin.Browser.PostToAsync("/", "/moderate/disable/99999999");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await admin.Browser.StatusAsync("/moderate/delete/1"));
    }
}
