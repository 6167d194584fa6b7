using System.Net;
using Flasky.Data.Users;

namespace Flasky.Tests.Web.Api;

/// <summary>What entity tags are good for.</summary>
public sealed class ApiConditionTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task WhatTheCallerHasIsNotSentAgain()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        var comment = await ada.CommentAsync(post, "One");
        using var caller = site.Call(ada);
        foreach (var path in new[]
        {
            $"/api/v1/posts/{post.Id}", $"/api/v1/comments/{comment.Id}", $"/api/v1/users/{ada.Id}", $"/api/v1/users/{ada.Id}/posts/", $"/api/v1/users/{ada.Id}/timeline/",
            $"/api/v1/posts/{post.Id}/comments/",
        })
        {
            var whole = (await caller.GetAsync(path)).MustBe(HttpStatusCode.OK);
            Assert.True(whole.Headers.CacheControl is { Private: true, NoCache: true });
            Assert.Contains("Authorization", whole.Headers.Vary);
            foreach (var condition in new[] { whole.ETag, $"W/{whole.ETag}", $"\"other\", {whole.ETag}", "*" })
            {
                var same = (await caller.GetAsync(path, condition)).MustBe(HttpStatusCode.NotModified);
                Assert.Equal(("", whole.ETag), (same.Text, same.ETag));
            }
            (await caller.GetAsync(path, "\"other\"")).MustBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task WhatHasChangedIsSentAgain()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var path = $"/api/v1/posts/{post.Id}";
        var tags = new List<string> { (await caller.GetAsync(path)).ETag };
        await ada.CommentAsync(post, "One");
        tags.Add((await caller.GetAsync(path, tags[^1])).MustBe(HttpStatusCode.OK).ETag);
        var changed = (await caller.PutAsync(path, new { body = "Other words" })).MustBe(HttpStatusCode.OK);
        tags.Add((await caller.GetAsync(path, tags[^1])).MustBe(HttpStatusCode.OK).ETag);
        Assert.Equal(changed.ETag, tags[^1]);
        Assert.Equal(3, tags.Distinct().Count());
    }

    [Fact]
    public async Task HiddenCommentHasAnotherTagForModerators()
    {
        using var ada = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        var comment = await ada.CommentAsync(await ada.WriteAsync("Words"), "Rude");
        using var caller = site.Call(ada);
        using var moderating = site.Call(moderator);
        var path = $"/api/v1/comments/{comment.Id}";
        var before = (await caller.GetAsync(path)).ETag;
        await site.HideAsync(comment.Id);
        (await caller.GetAsync(path, before)).MustBe(HttpStatusCode.OK);
        (await moderating.GetAsync(path, before)).MustBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task ChangeOfWhatSomebodyElseHasChangedIsRefused()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var path = $"/api/v1/posts/{post.Id}";
        var read = await caller.GetAsync(path);
        var first = (await caller.PutAsync(path, new { body = "First" }, read.ETag)).MustBe(HttpStatusCode.OK);
        foreach (var stale in new[] { read.ETag, "\"other\"", $"W/{first.ETag}", "nonsense" })
        {
            (await caller.PutAsync(path, new { body = "Second" }, stale)).MustBe(HttpStatusCode.PreconditionFailed, "precondition failed");
            (await caller.DeleteAsync(path, stale)).MustBe(HttpStatusCode.PreconditionFailed, "precondition failed");
        }
        Assert.Equal("First", (await caller.GetAsync(path))["body"]);
        var second = (await caller.PutAsync(path, new { body = "Second" }, $"\"other\", {first.ETag}")).MustBe(HttpStatusCode.OK);
        (await caller.PutAsync(path, new { body = "Third" }, "*")).MustBe(HttpStatusCode.OK);
        (await caller.DeleteAsync(path, second.ETag)).MustBe(HttpStatusCode.PreconditionFailed);
        (await caller.DeleteAsync(path, (await caller.GetAsync(path)).ETag)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task CommentIsDeletedOnlyAsItWasRead()
    {
        using var ada = await site.JoinAsync();
        var comment = await ada.CommentAsync(await ada.WriteAsync("Words"), "One");
        using var caller = site.Call(ada);
        var path = $"/api/v1/comments/{comment.Id}";
        var read = await caller.GetAsync(path);
        await site.HideAsync(comment.Id);
        (await caller.DeleteAsync(path, read.ETag)).MustBe(HttpStatusCode.PreconditionFailed, "precondition failed");
        (await caller.DeleteAsync(path, (await caller.GetAsync(path)).ETag)).MustBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task OfManyChangesOfTheSameTextAtOnceOneSucceeds()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Words");
        using var caller = site.Call(ada);
        var path = $"/api/v1/posts/{post.Id}";
        var tag = (await caller.GetAsync(path)).ETag;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => caller.PutAsync(path, new { body = $"Number {i}" }, tag)));
        var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
        Assert.Equal(won["body"], (await caller.GetAsync(path))["body"]);
    }
}
