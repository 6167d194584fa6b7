namespace Flasky.Tests.Web;

public sealed class SearchTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData("running", true)]
    [InlineData("RUN", true)]
    [InlineData("Über", true)]
    [InlineData("\"quick foxes\"", true)]
    [InlineData("\"foxes quick\"", false)]
    [InlineData("foxes -nowhere", true)]
    [InlineData("foxes -runs", false)]
    [InlineData("nowhere or foxes", true)]
    [InlineData("nowhere foxes", false)]
    [InlineData("the", true)]
    [InlineData("' OR 1=1; --", false)]
    [InlineData("((( & | ! :*", false)]
    [InlineData("<script>", false)]
    public async Task WordsAreFoundInTheirFormsAndInAnyLanguage(string words, bool found)
    {
        using var ada = await site.JoinAsync();
        var marker = $"m{Guid.NewGuid():N}";
        await ada.WriteAsync($"The quick foxes run über runs {marker}");
        using var stranger = site.Browse();
        Assert.Equal(found, (await stranger.OpenAsync($"/search?q={Uri.EscapeDataString(words)}")).Contains(marker, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20")]
    [InlineData("?q=%00")]
    public async Task NothingToLookForIsNoError(string query)
    {
        using var stranger = site.Browse();
        Assert.Contains("Words to look for", await stranger.OpenAsync($"/search{query}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedPostsAreFoundByTheirNewWords()
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("aardvarks");
        await ada.Browser.SubmitAsync($"/edit/{post.Id}", ("Input.Body", "buffaloes"), ("Input.Action", "Publish"));
        Assert.DoesNotContain($"/post/{post.Id}\"", await ada.Browser.OpenAsync("/search?q=aardvarks"), StringComparison.Ordinal);
        Assert.Contains($"/post/{post.Id}\"", await ada.Browser.OpenAsync("/search?q=buffalo"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tag/caf%C3%A9")]
    [InlineData("/tag/CAF%C3%89")]
    [InlineData("/tag/%23Caf%C3%A9")]
    public async Task TagsAreFoundWithoutCase(string path)
    {
        using var ada = await site.JoinAsync();
        var post = await ada.WriteAsync("Espresso", tags: ["café"]);
        Assert.Contains($"/post/{post.Id}\"", await ada.Browser.OpenAsync(path), StringComparison.Ordinal);
    }
}
