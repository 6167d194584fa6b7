using System.Net;
using Flasky.Data.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

/// <summary>The link in a mail, and what mail programs do with it by themselves.</summary>
public sealed class UnsubscribeTests(Site site) : IClassFixture<Site>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneClickSwitchesOffThatKindWithoutSigningInAndAgainDoesNoHarm()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var program = site.Browse();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await OneClickAsync(program, Link(ada.Id, NotificationKinds.NewComment));
            // RFC 8058: no redirect, and no cookie is needed.
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Contains("You get no more mails about comments on your posts.", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            Assert.Equal(NotificationKinds.NewComment, await OffAsync(ada.Id));
        }
        using var other = await OneClickAsync(program, Link(ada.Id, NotificationKinds.Reply));
        Assert.Equal(NotificationKinds.NewComment | NotificationKinds.Reply, await OffAsync(ada.Id));
        Assert.Equal(NotificationKinds.None, await OffAsync(bob.Id));
    }

    [Fact]
    public async Task OneClickMayBeMultipart()
    {
        using var ada = await site.JoinAsync();
        using var program = site.Browse();
        using var body = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" }, { new StringContent("forged"), "token" } };
        using var answer = await program.Http.PostAsync(new Uri(Link(ada.Id, NotificationKinds.Reply), UriKind.Relative), body, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(NotificationKinds.Reply, await OffAsync(ada.Id));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task OpeningTheLinkAsScannersDoSwitchesNothingOff(string method)
    {
        using var ada = await site.JoinAsync();
        using var scanner = site.Browse();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Link(ada.Id, NotificationKinds.NewFollower), UriKind.Relative));
        using var answer = await scanner.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Equal(NotificationKinds.None, await OffAsync(ada.Id));
    }

    [Fact]
    public async Task ReaderPressesTheButtonOnThePageWhoeverIsLoggedIn()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        var link = Link(ada.Id, NotificationKinds.NewFollower);
        var page = await bob.Browser.OpenAsync(link);
        Assert.Contains("Do you want no more mails about new followers?", page, StringComparison.Ordinal);
        // A link gets around: it does not tell whose it is.
        Assert.DoesNotContain(ada.Name, page, StringComparison.Ordinal);
        Assert.Matches($"<form[^>]* action=\"{link}\"[^>]*><button", page);
        using var answer = await OneClickAsync(bob.Browser, link);
        Assert.Equal(NotificationKinds.NewFollower, await OffAsync(ada.Id));
        Assert.Equal(NotificationKinds.None, await OffAsync(bob.Id));
    }

    [Fact]
    public async Task LinkOutlivesAChangeOfThePasswordAndTheAddress()
    {
        using var ada = await site.JoinAsync();
        var link = Link(ada.Id, NotificationKinds.Reply);
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "SecurityStamp" = 'OTHER', "PasswordHash" = 'x', "Email" = 'a{ada.Id}@example.org' WHERE "Id" = {ada.Id} RETURNING 1""");
        using var program = site.Browse();
        using var answer = await OneClickAsync(program, link);
        Assert.Equal(NotificationKinds.Reply, await OffAsync(ada.Id));
    }

    [Fact]
    public async Task LinkOfAnAccountThatIsGoneDoesNothingAndFails()
    {
        using var program = site.Browse();
        using var answer = await OneClickAsync(program, Link(int.MaxValue, NotificationKinds.Reply));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "NotificationSettings" WHERE "UserId" = {int.MaxValue}"""));
    }

    [Fact]
    public async Task LinkThatIsNotWholeHasAPageThatSaysWhatToDo()
    {
        using var ada = await site.JoinAsync();
        using var stranger = site.Browse();
        var link = Link(ada.Id, NotificationKinds.Reply);
        foreach (var wrong in new[] { link[..^3], "/unsubscribe/nonsense", $"/unsubscribe/{await site.TokenAsync($"{ada.Name}@example.com")}" })
        {
            using var opened = await stranger.Http.GetAsync(new Uri(wrong, UriKind.Relative), Cancel);
            using var posted = await OneClickAsync(stranger, wrong);
            foreach (var answer in new[] { opened, posted })
            {
                Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
                Assert.Contains("copy all of it from the mail", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
            }
        }
        Assert.Equal(NotificationKinds.None, await OffAsync(ada.Id));
    }

    [Fact]
    public async Task LinkGivesNoOtherRight()
    {
        using var ada = await site.JoinAsync();
        using var stranger = site.Browse();
        var token = Link(ada.Id, NotificationKinds.Reply).Split('/')[^1];
        await stranger.OpenAsync($"/auth/reset/{token}");
        Assert.DoesNotContain("auth/reset/", stranger.Path, StringComparison.Ordinal);
        using var done = await OneClickAsync(stranger, $"/unsubscribe/{token}");
        await stranger.OpenAsync("/auth/notifications");
        Assert.StartsWith("/auth/login", stranger.Path, StringComparison.Ordinal);
    }

    private string Link(int userId, NotificationKinds kind) => $"/unsubscribe/{site.Services.GetRequiredService<UnsubscribeTokens>().Create(userId, kind)}";

    private static async Task<HttpResponseMessage> OneClickAsync(Browser browser, string link)
    {
        using var body = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]);
        return await browser.Http.PostAsync(new Uri(link, UriKind.Relative), body, Cancel);
    }

    private async Task<NotificationKinds> OffAsync(int userId)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotificationChoices>().FindOffAsync(userId, Cancel);
    }
}
