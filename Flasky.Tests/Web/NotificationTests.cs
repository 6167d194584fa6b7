using System.Text.Json;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Web;

/// <summary>What the site has users told, and what they choose to be told.</summary>
public sealed class NotificationTests(Site site) : IClassFixture<Site>
{
    private const string Page = "/auth/notifications";

    private static readonly string[] Kinds = ["NewFollower", "NewComment", "Reply"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FollowingUnfollowingAndFollowingAgainTellsOnce()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        for (var i = 0; i < 3; i++)
        {
            await bob.Browser.SendAsync($"/user/{ada.Name}", $"/follow/{ada.Name}");
            await bob.Browser.PostToAsync($"/user/{ada.Name}", $"/follow/{ada.Name}");
            await bob.Browser.SendAsync($"/user/{ada.Name}", $"/unfollow/{ada.Name}");
        }
        await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");
        // The outbox keeps the order: when the last one has come, all have.
        await site.WaitForJobsAsync<NewFollower>(job => job == new NewFollower(ada.Id, bob.Id));
        var told = Assert.Single(site.Jobs.EnqueuedOf<NewFollower>(), enqueued => enqueued.Job == new NewFollower(bob.Id, ada.Id));
        Assert.Equal("mail", told.Id.Queue);
    }

    [Fact]
    public async Task FollowingOneselfOrNobodyTellsNobody()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        using var oneself = await ada.Browser.PostToAsync("/", $"/follow/{ada.Name}");
        using var nobody = await ada.Browser.PostToAsync("/", "/follow/nobody");
        await ada.Browser.SendAsync($"/user/{bob.Name}", $"/follow/{bob.Name}");
        await site.WaitForJobsAsync<NewFollower>(job => job.FollowerId == ada.Id);
    }

    [Fact]
    public async Task CommentIsSpreadByOneJobThatHoldsNoText()
    {
        using var ada = await site.JoinAsync();
        using var bob = await site.JoinAsync();
        var post = await ada.WriteAsync("Discuss");
        await bob.Browser.SubmitAsync($"/post/{post.Id}", ("Input.Body", "Something private"));
        var id = await site.Database.ScalarAsync<int>($"""SELECT "Id" FROM "Comments" WHERE "PostId" = {post.Id}""");
        await site.WaitForJobsAsync<CommentWritten>(job => job.CommentId == id);
        var told = Assert.Single(site.Jobs.EnqueuedOf<CommentWritten>(), enqueued => enqueued.Job.CommentId == id);
        Assert.DoesNotContain("private", told.Envelope.Arguments, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommentOnAPostThatIsGoneIsNeitherKeptNorTold()
    {
        using var ada = await site.JoinAsync();
        await using var scope = site.Services.CreateAsyncScope();
        var writer = scope.ServiceProvider.GetRequiredService<Flasky.Web.Comments.CommentWriter>();
        Assert.Null(await writer.WriteAsync(-1, ada.Id, "Too late", Cancel));
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "Comments" WHERE "AuthorId" = {ada.Id}"""));
    }

    [Fact]
    public async Task EachKindIsSwitchedOffAndOnByItself()
    {
        using var ada = await site.JoinAsync();
        Assert.Equal([true, true, true], Checked(await ada.Browser.OpenAsync(Page)));
        Assert.Contains(Page, await ada.Browser.OpenAsync("/auth/account"), StringComparison.Ordinal);
        Assert.Contains("Your choice is saved.", await ada.Browser.SubmitAsync(Page, ("NewFollower", "true"), ("Reply", "true")), StringComparison.Ordinal);
        Assert.Equal([true, false, true], Checked(await ada.Browser.OpenAsync(Page)));
        Assert.Equal(NotificationKinds.NewComment, await OffAsync(ada));
        await ada.Browser.SubmitAsync(Page, ("NewComment", "true"));
        Assert.Equal(NotificationKinds.NewFollower | NotificationKinds.Reply, await OffAsync(ada));
        await ada.Browser.SubmitAsync(Page, ("NewFollower", "true"), ("NewComment", "true"), ("Reply", "true"));
        Assert.Equal(NotificationKinds.None, await OffAsync(ada));
    }

    [Fact]
    public async Task ChoosingIsForMembersAndByForm()
    {
        using var stranger = site.Browse();
        await stranger.OpenAsync(Page);
        Assert.StartsWith("/auth/login", stranger.Path, StringComparison.Ordinal);
        using var ada = await site.JoinAsync();
        using var form = new FormUrlEncodedContent([]);
        using var refused = await ada.Browser.Http.PostAsync(new Uri(Page, UriKind.Relative), form, Cancel);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(NotificationKinds.None, await OffAsync(ada));
    }

    [Fact]
    public async Task ChoicesAreExportedAndGoWithTheAccount()
    {
        using var ada = await site.JoinAsync();
        await ada.Browser.SubmitAsync(Page, ("NewFollower", "true"));
        await ada.Browser.ShowPasswordAsync("/auth/data");
        var choices = JsonDocument.Parse(await ada.Browser.PressAsync("/auth/data", "Export")).RootElement.GetProperty("notifications");
        Assert.Equal("""{"newFollower":true,"newComment":false,"reply":false}""", JsonSerializer.Serialize(choices));
        await ada.Browser.PressAsync("/auth/data", "Delete", ("UserName", ada.Name));
        Assert.Equal(0, await site.Database.ScalarAsync<long>($"""SELECT count(*) FROM "NotificationSettings" WHERE "UserId" = {ada.Id}"""));
    }

    [Fact]
    public async Task PagesAskAFewQuestions()
    {
        using var ada = await site.JoinAsync();
        using var stranger = site.Browse();
        var link = $"/unsubscribe/{site.Services.GetRequiredService<UnsubscribeTokens>().Create(ada.Id, NotificationKinds.Reply)}";
        await site.Database.ScalarAsync<int>($"""UPDATE "Users" SET "LastSeen" = now() + interval '1 hour' WHERE "Id" = {ada.Id} RETURNING 1""");
        await site.Database.ScalarAsync<int>($"""UPDATE "UserSessions" SET "LastUsedAt" = now() + interval '1 hour' WHERE "UserId" = {ada.Id} RETURNING 1""");
        site.Statements.Take();
        await ada.Browser.OpenAsync(Page);
        Assert.Equal(2, site.Statements.Take().Count);
        await stranger.OpenAsync(link);
        Assert.Empty(site.Statements.Take());
    }

    private async Task<NotificationKinds> OffAsync(Member member)
    {
        await using var scope = site.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotificationChoices>().FindOffAsync(member.Id, Cancel);
    }

    private static IEnumerable<bool> Checked(string page) => Kinds
        .Select(name => page.Split("<input", StringSplitOptions.None).Single(tag => tag.Contains($"id=\"{name}\"", StringComparison.Ordinal)).Split('>')[0].Contains("checked", StringComparison.Ordinal));
}
