using System.Net;

namespace Flasky.Tests.Web.Api;

public sealed class ApiUserTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task UsersReadEachOther()
    {
        using var john = await site.JoinAsync();
        using var susan = await site.JoinAsync();
        await john.WriteAsync("One");
        await john.WriteAsync("Draft", isDraft: true);
        using var caller = site.Call(susan);
        var read = (await caller.GetAsync($"/api/v1/users/{john.Id}")).MustBe(HttpStatusCode.OK);
        Assert.Equal(["url", "username", "member_since", "last_seen", "posts_url", "followed_posts_url", "post_count"], read.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal((john.Name, $"/api/v1/users/{john.Id}", $"/api/v1/users/{john.Id}/posts/", $"/api/v1/users/{john.Id}/timeline/", 1),
            (read["username"], read["url"], read["posts_url"], read["followed_posts_url"], read.Json.GetProperty("post_count").GetInt32()));
        Assert.EndsWith(" GMT", read["member_since"], StringComparison.Ordinal);
        Assert.EndsWith(" GMT", read["last_seen"], StringComparison.Ordinal);
        Assert.DoesNotContain("@", read.Text, StringComparison.Ordinal);
        Assert.Equal(susan.Name, (await caller.GetAsync($"/api/v1/users/{susan.Id}"))["username"]);
    }

    [Fact]
    public async Task TimelineIsOwnPostsAndThoseOfTheFollowedNewestFirst()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var eve = await site.JoinAsync();
        await bob.WriteAsync("Bob's");
        await eve.WriteAsync("Eve's");
        await ada.WriteAsync("Ada's");
        await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");
        using var caller = site.Call(ada);
        Assert.Equal(["Ada's", "Bob's"], (await caller.GetAsync($"/api/v1/users/{ada.Id}/timeline/")).Bodies("posts"));
        Assert.Equal(["Ada's"], (await caller.GetAsync($"/api/v1/users/{ada.Id}/posts/")).Bodies("posts"));
        Assert.Equal(["Bob's"], (await caller.GetAsync($"/api/v1/users/{bob.Id}/timeline/")).Bodies("posts"));
    }

    [Theory]
    [InlineData("/api/v1/users/2000000000")]
    [InlineData("/api/v1/users/2000000000/posts/")]
    [InlineData("/api/v1/users/2000000000/timeline/")]
    [InlineData("/api/v1/users/susan")]
    public async Task UsersThatAreNotThereAreNotFound(string path)
    {
        using var ada = await site.JoinAsync();
        using var caller = site.Call(ada);
        (await caller.GetAsync(path)).MustBe(HttpStatusCode.NotFound, "not found");
    }
}
