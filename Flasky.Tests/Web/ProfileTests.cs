using System.Net;
using Flasky.Data.Users;

namespace Flasky.Tests.Web;

public sealed class ProfileTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task AProfileShowsTheUserAndThePosts()
    {
        using var ada = await site.JoinAsync();
        await ada.WriteAsync("By ada");
        await ada.WriteAsync("Unfinished", isDraft: true);
        var page = await ada.Browser.SubmitAsync("/edit-profile", ("Input.Name", " Ada Lovelace "), ("Input.Location", "London"), ("Input.AboutMe", "I <b>count</b>."));
        Assert.Equal($"/user/{ada.Name}", ada.Browser.Path);
        Assert.Contains("Your profile is changed.", page, StringComparison.Ordinal);

        using var stranger = site.Browse();
        using var response = await stranger.Http.GetAsync(new Uri($"/user/{ada.Name.ToUpperInvariant()}", UriKind.Relative), TestContext.Current.CancellationToken);
        var raw = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Ada Lovelace &#xB7; London", raw, StringComparison.Ordinal);
        Assert.Contains("I &lt;b&gt;count&lt;/b&gt;.", raw, StringComparison.Ordinal);
        Assert.Contains("<strong>1</strong> post<", raw, StringComparison.Ordinal);
        Assert.Contains("By ada", raw, StringComparison.Ordinal);
        Assert.Contains("Member since <time", raw, StringComparison.Ordinal);
        Assert.Contains("Last seen <time", raw, StringComparison.Ordinal);
        Assert.DoesNotContain($"{ada.Name}@example.com", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("Edit profile", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToldIsNothingShown()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.SubmitAsync("/edit-profile", ("Input.Name", "Ada"), ("Input.Location", "x"), ("Input.AboutMe", "y"));
        await ada.Browser.SubmitAsync("/edit-profile", ("Input.Name", ""), ("Input.Location", " "), ("Input.AboutMe", ""));
        Assert.True(await site.Database.ScalarAsync<bool>($"""SELECT "Name" IS NULL AND "Location" IS NULL AND "AboutMe" IS NULL FROM "Users" WHERE "Id" = {ada.Id}"""));
    }

    [Theory]
    [InlineData("/user/nobody")]
    [InlineData("/user/1x")]
    [InlineData("/user/%F0%9F%99%82")]
    [InlineData("/followers/nobody")]
    [InlineData("/followed-by/nobody")]
    [InlineData("/user/nobody/feed.atom")]
    public async Task ThereIsNothingWhereThereIsNobody(string path)
    {
        using var stranger = site.Browse();
        Assert.Equal(HttpStatusCode.NotFound, await stranger.StatusAsync(path));
    }

    [Theory]
    [InlineData("Input.Name", 65, "A name has at most 64 characters here.")]
    [InlineData("Input.Location", 65, "A location has at most 64 characters here.")]
    [InlineData("Input.AboutMe", 4001, "This has at most 4000 characters.")]
    public async Task RulesOfTheForm(string field, int length, string message)
    {
        using var ada = await site.JoinAsync();
        Assert.Contains(message, await ada.Browser.SubmitAsync("/edit-profile", (field, new string('a', length))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EditingAProfileNeedsAnAccountAndAnothersNeedsAnAdministrator()
    {
        using var stranger = site.Browse();
        using var ada = await site.JoinAsync();
        using var moderator = await site.JoinAsync(Role.Moderator);
        Assert.Equal(HttpStatusCode.Redirect, await stranger.StatusAsync("/edit-profile"));
        Assert.Equal(HttpStatusCode.Redirect, await stranger.StatusAsync($"/edit-profile/{ada.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await ada.Browser.StatusAsync($"/edit-profile/{ada.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await moderator.Browser.StatusAsync($"/edit-profile/{ada.Id}"));
        Assert.Equal(HttpStatusCode.Forbidden, await moderator.Browser.StatusAsync("/admin/users"));
    }
}
