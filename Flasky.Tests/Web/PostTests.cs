using System.Net;
using Flasky.Data.Posts;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

public sealed class PostTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task APostAppearsOnTopOfTheHomePageForEverybody()
    {
        using var ada = await site.JoinAsync();
        var home = await ada.Browser.SubmitAsync("/", ("Input.Body", "Hello **world**"), ("Input.Tags", "DotNet, #food"), ("Input.Action", "Publish"));
        Assert.Contains("Your post is published.", home, StringComparison.Ordinal);
        using var stranger = site.Browse();
        var page = await stranger.OpenAsync("/");
        Assert.Contains("<p>Hello <strong>world</strong></p>", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/user/{ada.Name}\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/tag/dotnet\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/tag/food\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "Please write something first.")]
    [InlineData("  \n ", "", "Please write something first.")]
    [InlineData("x", "a,b,c,d,e,f", "at most 5 tags")]
    [InlineData("x", "b@d", "letters, digits and hyphens")]
    [InlineData("x", "-x", "letters, digits and hyphens")]
    [InlineData("x", "abcdefghijklmnopqrstuvwxyzabcdefg", "at most 32 characters")]
    public async Task RulesOfTheForm(string body, string tags, string message)
    {
        using var ada = await site.JoinAsync();
        var page = await ada.Browser.SubmitAsync("/", ("Input.Body", body), ("Input.Tags", tags), ("Input.Action", "Publish"));
        Assert.Contains(message, page, StringComparison.Ordinal);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Posts" WHERE "AuthorId" = {ada.Id}"""));
    }

    [Fact]
    public async Task APostThatIsTooLongIsRefusedAndKeptInTheForm()
    {
        using var ada = await site.JoinAsync();
        var page = await ada.Browser.SubmitAsync("/", ("Input.Body", new string('a', Post.MaxBodyLength + 1)), ("Input.Action", "Publish"));
        Assert.Contains("A post has at most 20000 characters.", page, StringComparison.Ordinal);
        Assert.Contains(new string('a', Post.MaxBodyLength + 1), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ControlCharactersAreLeftOut()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.SubmitAsync("/", ("Input.Body", "a\u0007b"), ("Input.Action", "Publish"));
        Assert.Equal("ab", await site.Database.ScalarAsync<string>($"""SELECT "Body" FROM "Posts" WHERE "AuthorId" = {ada.Id}"""));
    }

    [Fact]
    public async Task WhoMayNotWriteHasNoFormAndCannotPostWithoutIt()
    {
        using var ada = await site.JoinAsync();
        using var stranger = site.Browse();
        Assert.DoesNotContain("Input.Body", await stranger.OpenAsync("/"), StringComparison.Ordinal);
        using var sentAway = await stranger.PostToAsync("/auth/login", "/", ("Input.Body", "x"));
        Assert.Contains("/auth/login", sentAway.Headers.Location!.OriginalString, StringComparison.Ordinal);

        await site.Database.ScalarAsync<long>($"""WITH gone AS (DELETE FROM "UserRoles" WHERE "UserId" = {ada.Id} RETURNING 1) SELECT count(*) FROM gone""");
        Assert.DoesNotContain("Input.Body", await ada.Browser.OpenAsync("/"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await ada.Browser.StatusAsync("/drafts"));
        using var refused = await ada.Browser.PostToAsync("/", "/", ("Input.Body", "x"), ("Input.Action", "Publish"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task AuthorsEditTheirPostsAndReadersSeeThatTheyDid()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Frist", tags: ["one", "two"]);
        Assert.Contains("value=\"one, two\"", await ada.Browser.OpenAsync($"/edit/{post.Id}"), StringComparison.Ordinal);
        var page = await ada.Browser.SubmitAsync($"/edit/{post.Id}", ("Input.Body", "First"), ("Input.Tags", "three"), ("Input.Action", "Publish"));
        Assert.Equal($"/post/{post.Id}", ada.Browser.Path);
        Assert.Contains("<p>First</p>", page, StringComparison.Ordinal);
        Assert.Contains("edited", page, StringComparison.Ordinal);
        Assert.Contains("#three", page, StringComparison.Ordinal);
        Assert.DoesNotContain("#one", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SavingTheSameTextIsNoEdit()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Same");
        var page = await ada.Browser.SubmitAsync($"/edit/{post.Id}", ("Input.Body", "Same"), ("Input.Action", "Publish"));
        Assert.DoesNotContain("edited", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnlyItsAuthorAndAdministratorsChangeAPost()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        using var admin = await site.JoinAsync(Role.Administrator);
        using var stranger = site.Browse();
        var post = await ada.WriteAsync("Mine");
        foreach (var path in new[] { $"/edit/{post.Id}", $"/delete/{post.Id}" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await bob.Browser.StatusAsync(path));
            Assert.Equal(HttpStatusCode.Forbidden, await moderator.Browser.StatusAsync(path));
            Assert.Equal(HttpStatusCode.OK, await admin.Browser.StatusAsync(path));
            Assert.Equal(HttpStatusCode.OK, await ada.Browser.StatusAsync(path));
            Assert.Equal(HttpStatusCode.Redirect, await stranger.StatusAsync(path));
        }
        Assert.Contains("Edit (as administrator)", await admin.Browser.OpenAsync($"/post/{post.Id}"), StringComparison.Ordinal);
        await admin.Browser.SubmitAsync($"/edit/{post.Id}", ("Input.Body", "Changed"), ("Input.Action", "Publish"));
        Assert.Contains("<p>Changed</p>", await bob.Browser.OpenAsync($"/post/{post.Id}"), StringComparison.Ordinal);
        Assert.Equal(ada.Id, await site.Database.ScalarAsync<int>($"""SELECT "AuthorId" FROM "Posts" WHERE "Id" = {post.Id}"""));
    }

    [Fact]
    public async Task ADeletedPostIsGoneWithItsComments()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Oops");
        await ada.CommentAsync(post, "Indeed");
        await ada.Browser.SubmitAsync($"/delete/{post.Id}");
        Assert.Equal("/", ada.Browser.Path);
        Assert.Equal(HttpStatusCode.NotFound, await ada.Browser.StatusAsync($"/post/{post.Id}"));
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Comments" WHERE "PostId" = {post.Id}"""));
    }

    [Fact]
    public async Task DraftsAreSeenByTheirAuthorOnlyAndPublishedWithTheTimeOfPublishing()
    {
        using var ada = await site.JoinAsync();
        using var admin = await site.JoinAsync(Role.Administrator);
        await ada.Browser.SubmitAsync("/", ("Input.Body", "A secret plan"), ("Input.Tags", "secret"), ("Input.Action", "SaveDraft"));
        Assert.Equal("/drafts", ada.Browser.Path);
        var id = await site.Database.ScalarAsync<int>($"""UPDATE "Posts" SET "Timestamp" = now() - interval '3 days' WHERE "AuthorId" = {ada.Id} RETURNING "Id" """);
        foreach (var path in new[] { "/", $"/user/{ada.Name}", "/tag/secret", "/search?q=secret", "/feed.atom", $"/user/{ada.Name}/feed.atom", "/tag/secret/feed.atom" })
            Assert.DoesNotContain("A secret plan", await ada.Browser.OpenAsync(path), StringComparison.Ordinal);
        foreach (var path in new[] { $"/post/{id}", $"/edit/{id}", $"/delete/{id}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await admin.Browser.StatusAsync(path));
            Assert.Equal(HttpStatusCode.OK, await ada.Browser.StatusAsync(path));
        }
        Assert.DoesNotContain("A secret plan", await admin.Browser.OpenAsync("/drafts"), StringComparison.Ordinal);
        Assert.Contains("A secret plan", await ada.Browser.OpenAsync("/drafts"), StringComparison.Ordinal);

        var page = await ada.Browser.SubmitAsync($"/edit/{id}", ("Input.Body", "A public plan"), ("Input.Action", "Publish"));
        Assert.Contains("just now", page, StringComparison.Ordinal);
        Assert.DoesNotContain("edited", page, StringComparison.Ordinal);
        Assert.Contains("A public plan", await admin.Browser.OpenAsync("/"), StringComparison.Ordinal);
        await ada.Browser.SubmitAsync($"/edit/{id}", ("Input.Body", "Back"), ("Input.Action", "SaveDraft"));
        Assert.Equal(HttpStatusCode.OK, await admin.Browser.StatusAsync($"/post/{id}"));
    }

    [Fact]
    public async Task ThePreviewIsWhatWillBePublishedAndSavesNothing()
    {
        using var ada = await site.JoinAsync();
        var page = await ada.Browser.SubmitAsync("/", ("Input.Body", "Some *text*"), ("Input.Action", "Preview"));
        Assert.Contains("<p>Some <em>text</em></p>", page, StringComparison.Ordinal);
        Assert.Contains("Some *text*</textarea>", page, StringComparison.Ordinal);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Posts" WHERE "AuthorId" = {ada.Id}"""));

        // What the script asks for.
        using var answer = await ada.Browser.PostToAsync("/", "/preview", ("body", "Some *text* <b>"));
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<p>Some <em>text</em> &lt;b&gt;</p>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/post/0")]
    [InlineData("/post/99999999")]
    [InlineData("/post/x")]
    [InlineData("/edit/99999999")]
    public async Task ThereIsNothingWhereThereIsNoPost(string path)
    {
        using var ada = await site.JoinAsync();
        Assert.Equal(HttpStatusCode.NotFound, await ada.Browser.StatusAsync(path));
    }
}
