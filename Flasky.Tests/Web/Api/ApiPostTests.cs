using System.Globalization;
using System.Net;
using Flasky.Data.Users;

namespace Flasky.Tests.Web.Api;

public sealed class ApiPostTests(Site site) : IClassFixture<Site>
{
    private const string Posts = "/api/v1/posts/";

    [Fact]
    public async Task PostIsWrittenReadListedAndChanged()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        var written = (await caller.PostAsync(Posts, new { body = "body of the *blog* post" })).MustBe(HttpStatusCode.Created);
        var location = written.Headers.Location!;
        Assert.Equal(new Uri(site.ClientOptions.BaseAddress, written["url"]), location);

        var read = (await caller.GetAsync(location.OriginalString)).MustBe(HttpStatusCode.OK);
        Assert.Equal(written.Text, read.Text);
        Assert.Equal("body of the *blog* post", read["body"]);
        Assert.Equal("<p>body of the <em>blog</em> post</p>", read["body_html"]!.Trim());

        foreach (var list in new[] { $"/api/v1/users/{ada.Id}/posts/", $"/api/v1/users/{ada.Id}/timeline/" })
        {
            var listed = (await caller.GetAsync(list)).MustBe(HttpStatusCode.OK);
            Assert.Equal(1, listed.Json.GetProperty("count").GetInt32());
            Assert.Equal(read.Text, listed.Json.GetProperty("posts")[0].GetRawText());
        }

        var changed = (await caller.PutAsync(location.OriginalString, new { body = "updated body" })).MustBe(HttpStatusCode.OK);
        Assert.Equal((read["url"], "updated body", "<p>updated body</p>"), (changed["url"], changed["body"], changed["body_html"]!.Trim()));
        Assert.Equal(changed.Text, (await caller.GetAsync(location.OriginalString)).Text);
    }

    [Fact]
    public async Task PostHasTheNamesAndFormsOfTheOriginal()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        await ada.CommentAsync(post, "One");
        using var caller = site.Call(ada);
        var json = (await caller.GetAsync($"{Posts}{post.Id}")).Json;
        Assert.Equal(["url", "body", "body_html", "timestamp", "author_url", "comments_url", "comment_count"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal($"/api/v1/posts/{post.Id}", json.GetProperty("url").GetString());
        Assert.Equal($"/api/v1/users/{ada.Id}", json.GetProperty("author_url").GetString());
        Assert.Equal($"/api/v1/posts/{post.Id}/comments/", json.GetProperty("comments_url").GetString());
        Assert.Equal(1, json.GetProperty("comment_count").GetInt32());
        var timestamp = DateTimeOffset.ParseExact(json.GetProperty("timestamp").GetString()!, "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(post.Timestamp - timestamp, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task AllPostsAreListedNewestFirst()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        await ada.WriteAsync("older");
        await bob.WriteAsync("newer");
        using var caller = site.Call(ada);
        var list = (await caller.GetAsync(Posts)).MustBe(HttpStatusCode.OK);
        Assert.Equal(["posts", "prev", "next", "count"], list.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["newer", "older"], list.Bodies("posts").Where(body => body is "newer" or "older"));
    }

    [Fact]
    public async Task DraftsAreInNoListAndHaveNoAddress()
    {
        using var ada = await site.JoinAsync();
        var draft = await ada.WriteAsync("not yet", isDraft: true);
        using var caller = site.Call(ada);
        Assert.DoesNotContain("not yet", (await caller.GetAsync(Posts)).Text, StringComparison.Ordinal);
        Assert.Equal(0, (await caller.GetAsync($"/api/v1/users/{ada.Id}/posts/")).Json.GetProperty("count").GetInt32());
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Delete })
            (await caller.SendAsync(method, $"{Posts}{draft.Id}", null)).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.PutAsync($"{Posts}{draft.Id}", new { body = "x" })).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.PostAsync($"{Posts}{draft.Id}/comments/", new { body = "x" })).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.GetAsync($"{Posts}{draft.Id}/comments/")).MustBe(HttpStatusCode.NotFound, "not found");
    }

    [Theory]
    [InlineData("/api/v1/posts/2000000000")]
    [InlineData("/api/v1/posts/2000000000/comments/")]
    [InlineData("/api/v1/posts/many")]
    [InlineData("/api/v1/posts/99999999999")]
    public async Task PostsThatAreNotThereAreNotFound(string path)
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        (await caller.GetAsync(path)).MustBe(HttpStatusCode.NotFound, "not found");
    }

    [Fact]
    public async Task OnlyAuthorsAndAdministratorsChangeAndDelete()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var admin = await site.JoinAsync(Role.Administrator);
        using var moderator = await site.JoinAsync(Role.Moderator);
        var post = await ada.WriteAsync("Ada's", tags: ["kept"]);
        foreach (var other in new[] { bob, moderator })
        {
            using var caller = site.Call(other);
            (await caller.PutAsync($"{Posts}{post.Id}", new { body = "Other's" })).MustBe(HttpStatusCode.Forbidden, "forbidden");
            (await caller.DeleteAsync($"{Posts}{post.Id}")).MustBe(HttpStatusCode.Forbidden, "forbidden");
        }
        using var administrator = site.Call(admin);
        var changed = (await administrator.PutAsync($"{Posts}{post.Id}", new { body = "Better" })).MustBe(HttpStatusCode.OK);
        Assert.Equal($"/api/v1/users/{ada.Id}", changed["author_url"]);
        Assert.Equal("kept", await site.Database.ScalarAsync<string>($"""SELECT "Tags"[1] FROM "Posts" WHERE "Id" = {post.Id}"""));
        Assert.Equal("", (await administrator.DeleteAsync($"{Posts}{post.Id}")).MustBe(HttpStatusCode.NoContent).Text);
        (await administrator.GetAsync($"{Posts}{post.Id}")).MustBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task OwnPostIsDeletedWithItsCommentsOnce()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        var comment = await ada.CommentAsync(post, "One");
        using var caller = site.Call(ada);
        (await caller.DeleteAsync($"{Posts}{post.Id}")).MustBe(HttpStatusCode.NoContent);
        (await caller.DeleteAsync($"{Posts}{post.Id}")).MustBe(HttpStatusCode.NotFound, "not found");
        (await caller.GetAsync($"/api/v1/comments/{comment.Id}")).MustBe(HttpStatusCode.NotFound, "not found");
    }

    [Fact]
    public async Task ChangeWithoutABodyChangesNothing()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var before = await caller.GetAsync($"{Posts}{post.Id}");
        Assert.Equal(before.Text, (await caller.PutAsync($"{Posts}{post.Id}", new { })).MustBe(HttpStatusCode.OK).Text);
        (await caller.PutAsync($"{Posts}{post.Id}", new { body = "" })).MustBe(HttpStatusCode.BadRequest, "bad request");
        Assert.Equal(before.ETag, (await caller.GetAsync($"{Posts}{post.Id}")).ETag);
    }

    [Fact]
    public async Task PostIsMarkedAsEditedOnTheSite()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        (await caller.PutAsync($"{Posts}{post.Id}", new { body = "Other words" })).MustBe(HttpStatusCode.OK);
        Assert.Contains("edited", await ada.Browser.OpenAsync($"/post/{post.Id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadAnswersAsGetDoesWithoutABody()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var head = (await caller.SendAsync(HttpMethod.Head, $"{Posts}{post.Id}", null)).MustBe(HttpStatusCode.OK);
        Assert.Equal("", head.Text);
        Assert.Equal((await caller.GetAsync($"{Posts}{post.Id}")).ETag, head.ETag);
    }
}
