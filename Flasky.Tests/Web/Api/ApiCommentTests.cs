using System.Net;
using Flasky.Data.Tokens;
using Flasky.Data.Users;

namespace Flasky.Tests.Web.Api;

public sealed class ApiCommentTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task CommentsAreWrittenReadAndListed()
    {
        using var john = await site.JoinAsync();
        using var susan = await site.JoinAsync();
        var post = await john.WriteAsync("body of the post");
        using var caller = site.Call(susan);
        var written = (await caller.PostAsync($"/api/v1/posts/{post.Id}/comments/", new { body = "Good [post](http://example.com)!" })).MustBe(HttpStatusCode.Created);
        Assert.Equal(new Uri(site.ClientOptions.BaseAddress, written["url"]), written.Headers.Location);
        Assert.Equal("Good [post](http://example.com)!", written["body"]);
        Assert.Contains(">post</a>!", written["body_html"], StringComparison.Ordinal);

        using var reader = site.Call(john);
        var read = (await reader.GetAsync(written.Headers.Location!.OriginalString)).MustBe(HttpStatusCode.OK);
        Assert.Equal(written.Text, read.Text);
        Assert.Equal(["url", "post_url", "body", "body_html", "timestamp", "author_url"], read.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(($"/api/v1/posts/{post.Id}", $"/api/v1/users/{susan.Id}"), (read["post_url"], read["author_url"]));

        await john.CommentAsync(post, "Thank you!");
        var list = (await caller.GetAsync($"/api/v1/posts/{post.Id}/comments/")).MustBe(HttpStatusCode.OK);
        Assert.Equal(["comments", "prev", "next", "count"], list.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["Good [post](http://example.com)!", "Thank you!"], list.Bodies("comments"));
        Assert.Equal(2, list.Json.GetProperty("count").GetInt32());
        var all = await caller.GetAsync("/api/v1/comments/");
        Assert.Equal(["Thank you!", "Good [post](http://example.com)!"], all.Bodies("comments").Where(body => body is "Thank you!" or "Good [post](http://example.com)!"));
        Assert.Equal(2, (await caller.GetAsync($"/api/v1/posts/{post.Id}")).Json.GetProperty("comment_count").GetInt32());
    }

    [Theory]
    [InlineData("/api/v1/comments/2000000000")]
    [InlineData("/api/v1/comments/some")]
    public async Task CommentsThatAreNotThereAreNotFound(string path)
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        (await caller.GetAsync(path)).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.PostAsync("/api/v1/posts/2000000000/comments/", new { body = "Hello?" })).MustBe(HttpStatusCode.NotFound, "not found");
    }

    [Fact]
    public async Task HiddenTextIsShownToModeratorsOnly()
    {
        using var author = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        var post = await author.WriteAsync("A post");
        var comment = await author.CommentAsync(post, "Something rude");
        await site.HideAsync(comment.Id);
        using var caller = site.Call(author);
        using var restricted = await site.CallAsync(moderator, ApiScopes.Read | ApiScopes.Write);
        foreach (var reader in new[] { caller, restricted })
        {
            foreach (var path in new[] { $"/api/v1/comments/{comment.Id}", "/api/v1/comments/", $"/api/v1/posts/{post.Id}/comments/" })
                Assert.DoesNotContain("rude", (await reader.GetAsync(path)).MustBe(HttpStatusCode.OK).Text, StringComparison.Ordinal);
            var hidden = await reader.GetAsync($"/api/v1/comments/{comment.Id}");
            Assert.Equal(("", ""), (hidden["body"], hidden["body_html"]));
        }
        using var whole = site.Call(moderator);
        using var moderating = await site.CallAsync(moderator, ApiScopes.Read | ApiScopes.Moderate);
        foreach (var reader in new[] { whole, moderating })
            Assert.Equal("Something rude", (await reader.GetAsync($"/api/v1/comments/{comment.Id}"))["body"]);
    }

    [Fact]
    public async Task AuthorsDeleteTheirOwnCommentsAndModeratorsAll()
    {
        using var author = await site.JoinAsync();
        using var other = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        var post = await other.WriteAsync("A post");
        var first = await author.CommentAsync(post, "First");
        var second = await author.CommentAsync(post, "Second");
        using (var stranger = site.Call(other))
            (await stranger.DeleteAsync($"/api/v1/comments/{first.Id}")).MustBe(HttpStatusCode.Forbidden, "forbidden");
        using (var reading = await site.CallAsync(author, ApiScopes.Read | ApiScopes.Moderate))
            (await reading.DeleteAsync($"/api/v1/comments/{first.Id}")).MustBe(HttpStatusCode.Forbidden, "forbidden");
        using (var writing = await site.CallAsync(moderator, ApiScopes.Read | ApiScopes.Write))
            (await writing.DeleteAsync($"/api/v1/comments/{first.Id}")).MustBe(HttpStatusCode.Forbidden, "forbidden");
        using (var own = site.Call(author))
            (await own.DeleteAsync($"/api/v1/comments/{first.Id}")).MustBe(HttpStatusCode.NoContent);
        using var moderating = await site.CallAsync(moderator, ApiScopes.Moderate);
        (await moderating.DeleteAsync($"/api/v1/comments/{second.Id}")).MustBe(HttpStatusCode.NoContent);
        (await moderating.DeleteAsync($"/api/v1/comments/{second.Id}")).MustBe(HttpStatusCode.NotFound, "not found");
    }
}
