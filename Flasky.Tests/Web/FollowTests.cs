using System.Net;

namespace Flasky.Tests.Web;

public sealed class FollowTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task FollowingAndUnfollowingShowOnBothProfiles()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        var page = await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");
        Assert.Contains($"You follow {bob.Name} now.", page, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> follower<", page, StringComparison.Ordinal);
        Assert.Contains("<strong>0</strong> followed", page, StringComparison.Ordinal);
        Assert.Contains("Unfollow", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Follows you", page, StringComparison.Ordinal);
        Assert.Contains("Follows you", await bob.Browser.OpenAsync($"/user/{ada.Name}"), StringComparison.Ordinal);
        Assert.Contains($"href=\"/user/{ada.Name}\"", await bob.Browser.OpenAsync($"/followers/{bob.Name}"), StringComparison.Ordinal);
        Assert.Contains($"href=\"/user/{bob.Name}\"", await bob.Browser.OpenAsync($"/followed-by/{ada.Name}"), StringComparison.Ordinal);

        page = await ada.Browser.SendAsync($"/user/{bob.Name}", $"/unfollow/{bob.Name}");
        Assert.Contains($"You do not follow {bob.Name} any more.", page, StringComparison.Ordinal);
        Assert.Contains("<strong>0</strong> followers<", page, StringComparison.Ordinal);
        Assert.Contains($"Nobody follows {bob.Name} yet.", await ada.Browser.OpenAsync($"/followers/{bob.Name}"), StringComparison.Ordinal);
        Assert.Contains($"{ada.Name} follows nobody yet.", await ada.Browser.OpenAsync($"/followed-by/{ada.Name}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowingTwiceAtOnceIsFollowingOnce()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        await ada.Browser.OpenAsync("/");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ada.Browser.PostToAsync($"/user/{bob.Name}", $"/follow/{bob.Name}")));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Follows" WHERE "FollowerId" = {ada.Id}"""));
    }

    [Fact]
    public async Task NobodyFollowsThemselves()
    {
        using var ada = await site.JoinAsync();
        Assert.DoesNotContain("/follow/", await ada.Browser.OpenAsync($"/user/{ada.Name}"), StringComparison.Ordinal);
        using var answer = await ada.Browser.PostToAsync("/", $"/follow/{ada.Name}");
        Assert.Contains("You cannot follow yourself", await ada.Browser.OpenAsync("/"), StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            site.Database.ScalarAsync<int>($"""INSERT INTO "Follows" VALUES ({ada.Id}, {ada.Id}, now()) RETURNING 1"""));
        Assert.Equal("CK_Follows_NotOneself", refused.ConstraintName);
    }

    [Fact]
    public async Task FollowingIsAPostForMembersOnly()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var stranger = site.Browse();
        Assert.DoesNotContain("/follow/", await stranger.OpenAsync($"/user/{bob.Name}"), StringComparison.Ordinal);
        await ada.Browser.OpenAsync($"/follow/{bob.Name}");
        Assert.Equal($"/user/{bob.Name}", ada.Browser.Path);
        using var sentAway = await stranger.PostToAsync("/auth/login", $"/follow/{bob.Name}");
        Assert.Contains("/auth/login", sentAway.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Follows" WHERE "FollowedId" = {bob.Id}"""));
        using var nobody = await ada.Browser.PostToAsync("/", "/follow/nobody");
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
    }

    [Fact]
    public async Task TheFollowedTabHasOnesOwnPostsAndThoseOfFollowedPeopleAndIsRemembered()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var eve = await site.JoinAsync();
        await ada.WriteAsync("By ada herself");
        await bob.WriteAsync("By bob whom she follows");
        await eve.WriteAsync("By eve whom she does not follow");
        await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");

        using var choice = await ada.Browser.Http.GetAsync(new Uri("/followed", UriKind.Relative), TestContext.Current.CancellationToken);
        var cookie = Assert.Single(choice.Headers.GetValues("Set-Cookie"), value => value.StartsWith("show_followed=1", StringComparison.Ordinal));
        Assert.Contains($"max-age={30 * 24 * 60 * 60}", cookie, StringComparison.Ordinal);
        var page = await ada.Browser.OpenAsync("/");
        Assert.Contains("By ada herself", page, StringComparison.Ordinal);
        Assert.Contains("By bob whom she follows", page, StringComparison.Ordinal);
        Assert.DoesNotContain("By eve whom she does not follow", page, StringComparison.Ordinal);
        Assert.Contains("By eve whom she does not follow", await ada.Browser.OpenAsync("/all"), StringComparison.Ordinal);
        using var stranger = site.Browse();
        Assert.Equal(HttpStatusCode.Redirect, await stranger.StatusAsync("/followed"));
    }

    [Fact]
    public async Task WhoeverGoesTakesTheirPostsCommentsAndFollowsAlong()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        var post = await ada.WriteAsync("Gone soon");
        await bob.CommentAsync(post, "Yes");
        await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");
        await bob.Browser.SendAsync($"/user/{ada.Name}", $"/follow/{ada.Name}");
        await site.Database.ScalarAsync<int>($"""DELETE FROM "Users" WHERE "Id" = {ada.Id} RETURNING 1""");
        Assert.Equal(0, await site.Database.ScalarAsync<long>(
            $"""SELECT (SELECT count(*) FROM "Posts" WHERE "AuthorId" = {ada.Id}) + (SELECT count(*) FROM "Comments" WHERE "PostId" = {post.Id}) + (SELECT count(*) FROM "Follows" WHERE {ada.Id} IN ("FollowerId", "FollowedId"))"""));
    }
}
