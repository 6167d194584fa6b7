using System.Net.Http.Headers;
using System.Text.Json;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

public sealed class PersonalDataTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("/auth/data")]
    [InlineData("/auth/passkeys")]
    [InlineData("/auth/two-step")]
    public async Task StolenSessionIsAskedForThePassword(string page)
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await browser.OpenAsync(page);
        Assert.StartsWith("/auth/again", browser.Path, StringComparison.Ordinal);
        Assert.Contains("not your password", await browser.ShowPasswordAsync(page, "some other thing"), StringComparison.Ordinal);
        await browser.ShowPasswordAsync(page);
        Assert.Equal(page, browser.Path);
        await site.Database.ScalarAsync<int>($"""
            UPDATE "UserSessions" SET "IdentityCheckedAt" = now() - interval '11 minutes' WHERE "UserId" = (SELECT "Id" FROM "Users" WHERE "UserName" = '{name}') RETURNING 1
            """);
        await browser.OpenAsync(page);
        Assert.StartsWith("/auth/again", browser.Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportHoldsTheAccountAndNoSecret()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await browser.ShowPasswordAsync("/auth/data");
        var text = await browser.PressAsync("/auth/data", "Export");
        var account = JsonDocument.Parse(text).RootElement.GetProperty("account");
        Assert.Equal($"{name}@example.com", account.GetProperty("email").GetString());
        Assert.Equal("User", account.GetProperty("roles")[0].GetString());
        Assert.Equal(1, account.GetProperty("sessions").GetArrayLength());
        Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("stamp", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task DeletingTakesTheUserNameAndLeavesNothing()
    {
        var name = await site.NewUserAsync();
        var id = (await site.FindAsync($"{name}@example.com"))!.Id;
        using var browser = await site.LogInAsync(name);
        using var elsewhere = await site.LogInAsync(name);
        await browser.ShowPasswordAsync("/auth/data");
        Assert.Contains("not your user name", await browser.PressAsync("/auth/data", "Delete", ("UserName", "somebody")), StringComparison.Ordinal);
        Assert.Contains("Your account is deleted", await browser.PressAsync("/auth/data", "Delete", ("UserName", name)), StringComparison.Ordinal);
        Assert.Null(await site.FindAsync($"{name}@example.com"));
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""
            SELECT (SELECT count(*) FROM "UserSessions" WHERE "UserId" = {id}) + (SELECT count(*) FROM "UserRoles" WHERE "UserId" = {id})
                 + (SELECT count(*) FROM "UserTokens" WHERE "UserId" = {id}) + (SELECT count(*) FROM "UserPasskeys" WHERE "UserId" = {id})
            """));
        Assert.Contains("Hello, Stranger!", await elsewhere.OpenAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportIsAFileThatNobodyKeeps()
    {
        var name = await site.NewUserAsync();
        using var browser = await site.LogInAsync(name);
        await browser.ShowPasswordAsync("/auth/data");
        using var response = await browser.PostAsync("/auth/data", form => form.Contains("handler=Export", StringComparison.Ordinal), []);
        Assert.Equal(ContentDispositionHeaderValue.Parse($"attachment; filename=flasky-{name}.json").FileName, response.Content.Headers.ContentDisposition!.FileName);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task PostsDraftsAndTagsAreExportedAndGoWithTheAccount()
    {
        using var writer = await site.JoinAsync();
        using var other = await site.JoinAsync();
        var post = await writer.WriteAsync("Some **words**", tags: ["dotnet", "food"]);
        var draft = await writer.WriteAsync("Not yet", isDraft: true);
        var kept = await other.WriteAsync("Somebody else's");
        var posts = (await ExportAsync(writer)).GetProperty("posts");
        Assert.Equal([post.Id, draft.Id], posts.EnumerateArray().Select(p => p.GetProperty("id").GetInt32()));
        Assert.Equal("Some **words**", posts[0].GetProperty("body").GetString());
        Assert.Equal(["dotnet", "food"], posts[0].GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.True(posts[1].GetProperty("isDraft").GetBoolean());
        await DeleteAsync(writer);
        Assert.Equal(kept.Id, await site.Database.ScalarAsync<int>($"""SELECT "Id" FROM "Posts" WHERE "Id" IN ({post.Id}, {draft.Id}, {kept.Id})"""));
    }

    [Fact]
    public async Task CommentsAreExportedAndGoWithTheAccountHiddenOnesToo()
    {
        using var writer = await site.JoinAsync();
        using var other = await site.JoinAsync(Role.Moderator);
        var post = await other.WriteAsync("A post");
        var comment = await writer.CommentAsync(post, "Something rude");
        var kept = await other.CommentAsync(post, "Something kind");
        await other.Browser.SendAsync("/moderate", $"/moderate/disable/{comment.Id}");
        var exported = Assert.Single((await ExportAsync(writer)).GetProperty("comments").EnumerateArray());
        Assert.Equal(("Something rude", post.Id, true),
            (exported.GetProperty("body").GetString(), exported.GetProperty("postId").GetInt32(), exported.GetProperty("isDisabled").GetBoolean()));
        await DeleteAsync(writer);
        Assert.Equal(kept.Id, await site.Database.ScalarAsync<int>($"""SELECT "Id" FROM "Comments" WHERE "PostId" = {post.Id}"""));
    }

    [Fact]
    public async Task FollowsAreExportedInBothDirectionsAndGoWithTheAccount()
    {
        using var one = await site.JoinAsync();
        using var two = await site.JoinAsync();
        using var three = await site.JoinAsync();
        await one.Browser.SendAsync($"/user/{two.Name}", $"/follow/{two.Name}");
        await three.Browser.SendAsync($"/user/{one.Name}", $"/follow/{one.Name}");
        await three.Browser.SendAsync($"/user/{two.Name}", $"/follow/{two.Name}");
        var follows = (await ExportAsync(one)).GetProperty("follows");
        Assert.Equal(two.Name, Assert.Single(follows.GetProperty("following").EnumerateArray()).GetProperty("userName").GetString());
        Assert.Equal(three.Name, Assert.Single(follows.GetProperty("followers").EnumerateArray()).GetProperty("userName").GetString());
        await DeleteAsync(one);
        Assert.Equal($"{three.Id} {two.Id}", await site.Database.ScalarAsync<string>($"""
            SELECT string_agg("FollowerId" || ' ' || "FollowedId", ', ') FROM "Follows"
            WHERE "FollowerId" IN ({one.Id}, {two.Id}, {three.Id}) OR "FollowedId" IN ({one.Id}, {two.Id}, {three.Id})
            """));
    }

    private static async Task<JsonElement> ExportAsync(Member member)
    {
        await member.Browser.ShowPasswordAsync("/auth/data");
        return JsonDocument.Parse(await member.Browser.PressAsync("/auth/data", "Export")).RootElement;
    }

    private async Task DeleteAsync(Member member)
    {
        await member.Browser.PressAsync("/auth/data", "Delete", ("UserName", member.Name));
        Assert.Null(await site.FindAsync($"{member.Name}@example.com"));
    }
}
