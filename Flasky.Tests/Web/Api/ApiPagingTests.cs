using System.Net;

namespace Flasky.Tests.Web.Api;

public sealed class ApiPagingTests(ShortPageSite site) : IClassFixture<ShortPageSite>
{
    [Fact]
    public async Task PagesOfPostsLinkToEachOtherAndEndInNull()
    {
        using var ada = await site.JoinAsync();
        for (var i = 1; i <= 5; i++)
            await ada.WriteAsync($"Number {i}");
        using var caller = site.Call(ada);
        foreach (var list in new[] { $"/api/v1/users/{ada.Id}/posts/", $"/api/v1/users/{ada.Id}/timeline/" })
        {
            foreach (var first in new[] { "", "?page=1", "?page=0", "?page=-1", "?page=many", "?page=", "?page=99999999999" })
                await IsAsync(list + first, ["Number 5", "Number 4"], null, $"{list}?page=2");
            await IsAsync($"{list}?page=2", ["Number 3", "Number 2"], $"{list}?page=1", $"{list}?page=3");
            await IsAsync($"{list}?page=3", ["Number 1"], $"{list}?page=2", null);
            await IsAsync($"{list}?page=4", [], $"{list}?page=3", null);
            await IsAsync($"{list}?page=2147483647", [], $"{list}?page=2147483646", null);
        }
        Assert.Equal("/api/v1/posts/?page=2", (await caller.GetAsync("/api/v1/posts/"))["next"]);

        async Task IsAsync(string path, string[] bodies, string? prev, string? next)
        {
            var page = (await caller.GetAsync(path)).MustBe(HttpStatusCode.OK);
            Assert.Equal(bodies, page.Bodies("posts"));
            Assert.Equal((prev, next, 5), (page["prev"], page["next"], page.Json.GetProperty("count").GetInt32()));
        }
    }

    [Fact]
    public async Task FullLastPageHasNoNext()
    {
        using var ada = await site.JoinAsync();
        for (var i = 1; i <= 4; i++)
            await ada.WriteAsync($"Number {i}");
        using var caller = site.Call(ada);
        var last = await caller.GetAsync($"/api/v1/users/{ada.Id}/posts/?page=2");
        Assert.Equal((null, 4), (last["next"], last.Json.GetProperty("count").GetInt32()));
    }

    [Fact]
    public async Task EmptyListCountsZero()
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        var list = await caller.GetAsync($"/api/v1/users/{ada.Id}/posts/");
        Assert.Equal("""{"posts":[],"prev":null,"next":null,"count":0}""", list.Text);
    }
}

public sealed class ApiCommentPagingTests(CommentSite site) : IClassFixture<CommentSite>
{
    [Fact]
    public async Task PagesOfCommentsLinkToEachOther()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("A post");
        for (var i = 1; i <= 4; i++)
            await ada.CommentAsync(post, $"Number {i}");
        using var caller = site.Call(ada);
        var list = $"/api/v1/posts/{post.Id}/comments/";
        var first = await caller.GetAsync(list);
        Assert.Equal(["Number 1", "Number 2", "Number 3"], first.Bodies("comments"));
        Assert.Equal((null, $"{list}?page=2", 4), (first["prev"], first["next"], first.Json.GetProperty("count").GetInt32()));
        var second = await caller.GetAsync(first["next"]!);
        Assert.Equal(["Number 4"], second.Bodies("comments"));
        Assert.Equal(($"{list}?page=1", null), (second["prev"], second["next"]));
        Assert.Equal(["Number 4", "Number 3", "Number 2"], (await caller.GetAsync("/api/v1/comments/")).Bodies("comments"));
    }
}
