using Flasky.Data.Notifications;
using Flasky.Data.Users;
using Flasky.Tests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Flasky.Tests.Web;

/// <summary>Every page in a real browser, narrow and wide, light and dark.</summary>
public sealed class LooksTests(Site site) : IClassFixture<Site>
{
    /// <summary>All that a first visit to a page may bring over the wire, before compression.</summary>
    private const int MaxPageBytes = 60 * 1024;

    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task EveryPageIsAccessibleFitsTheScreenAndIsSmall(int width, ColorScheme colours)
    {
        await using var served = site.WithWebHostBuilder(_ => { });
        var address = served.Serve();
        using var admin = await site.JoinAsync(Role.Administrator);
        using var other = await site.JoinAsync();
        var post = await FillAsync(admin, other);
        var draft = await admin.WriteAsync("Not *ready* yet.", isDraft: true);

        await using var chromium = await Chromium.StartAsync();
        await using var strangers = await chromium.NewContextAsync(width, colours);
        var unsubscribe = $"/unsubscribe/{site.Services.GetRequiredService<UnsubscribeTokens>().Create(admin.Id, NotificationKinds.NewComment)}";
        var stranger = await strangers.NewPageAsync();
        await VisitAsync(stranger, "stranger", ["/", $"/user/{admin.Name}", $"/post/{post}", "/search", unsubscribe]);
        await stranger.GetByRole(AriaRole.Button, new() { Name = "Unsubscribe" }).ClickAsync();
        await Assertions.Expect(stranger.GetByText("You get no more mails about comments on your posts.")).ToBeVisibleAsync();
        await Looks.AreRightAsync(stranger, "stranger_unsubscribed", $"{width}-{colours}");
        await stranger.GotoAsync($"{address}/unsubscribe/nonsense");
        await Looks.AreRightAsync(stranger, "stranger_unknown_link", $"{width}-{colours}");

        await using var context = await chromium.NewContextAsync(width, colours);
        var page = await context.NewPageAsync();
        await page.LogInAsync(address, admin.Name);
        await VisitAsync(page, "member",
        [
            "/", "/?page=2", "/?page=900", "/followed", "/all", $"/post/{post}", $"/post/{draft.Id}", $"/edit/{post}", $"/delete/{post}", "/drafts",
            $"/user/{admin.Name}", $"/user/{other.Name}", "/edit-profile", $"/edit-profile/{other.Id}", $"/followers/{admin.Name}", $"/followed-by/{admin.Name}",
            $"/followers/{other.Name}", "/moderate", "/moderate?page=9", "/admin/users", "/admin/users?q=nobody", "/tag/dotnet", "/tag/nothing", "/search?q=words",
            "/search?q=unheard", "/nothing",
        ]);

        await page.GotoAsync(address);
        await page.GetByTitle("Signed in as").ClickAsync();
        var menu = (await page.Locator(".menu ul").BoundingBoxAsync())!;
        Assert.True(menu.X >= 0 && menu.X + menu.Width <= width, $"The open menu reaches from {menu.X} over {menu.Width} px.");
        await Looks.AreRightAsync(page, "menu", $"{width}-{colours}");

        async Task VisitAsync(IPage tab, string who, string[] paths)
        {
            var errors = tab.CollectErrors();
            foreach (var path in paths)
            {
                var bytes = 0;
                void Count(object? sender, IResponse response) => bytes += response.Headers.TryGetValue("content-length", out var length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0;
                tab.Response += Count;
                var answer = await tab.GotoAsync(address + path);
                tab.Response -= Count;
                Assert.Equal((path, path == "/nothing" ? 404 : 200), (path, answer!.Status));
                // A page's own length is not announced.
                bytes += (await answer.BodyAsync()).Length;
                Assert.True(bytes is > 1000 and <= MaxPageBytes, $"{path} takes {bytes} bytes.");
                var name = (path == unsubscribe ? "/unsubscribe" : path).Replace(admin.Name, "me", StringComparison.Ordinal).Replace(other.Name, "other", StringComparison.Ordinal);
                await Looks.AreRightAsync(tab, $"{who}{string.Concat(name.Select(c => char.IsAsciiLetter(c) ? c : '_'))}", $"{width}-{colours}");
                // That a page is missing is an error, too, but the one that was asked for.
                Assert.DoesNotContain(errors, error => path != "/nothing" || !error.Contains("404", StringComparison.Ordinal));
            }
        }
    }

    private static async Task<int> FillAsync(Member admin, Member other)
    {
        for (var i = 0; i < 21; i++)
            await other.WriteAsync($"Post {i} of many words, with **some** in bold and a link: https://example.com/{i}", tags: ["dotnet", "slow-life"]);
        await admin.Browser.SendAsync($"/user/{other.Name}", $"/follow/{other.Name}");
        await other.Browser.SendAsync($"/user/{admin.Name}", $"/follow/{admin.Name}");
        await admin.Browser.SubmitAsync("/edit-profile", ("Input.Name", "Ada Lovelace"), ("Input.Location", "London"), ("Input.AboutMe", "I write notes.\nSome of them compute."));
        var post = await admin.WriteAsync(
            """
            # A heading

            A first paragraph, long enough to run over more than one line of a phone, and of most other screens too, so that one sees how lines follow each other.

            ## Another

            - one
            - two, with `code`

            1. first
            2. second

            > Somebody said this once.

            ```
            var averyveryverylonglineofcodethatdoesnotfitanyphone = new Something(withParameters, andMore, andMore, andMore);
            ```

            ### And the end

            With [a link](https://example.com/) and *emphasis*.
            """, tags: ["dotnet"]);
        await admin.CommentAsync(post, "The first **comment**,\n\non two lines.");
        var comment = await other.CommentAsync(post, "Something rude.");
        await admin.Browser.SendAsync("/moderate", $"/moderate/disable/{comment.Id}");
        return post.Id;
    }
}
