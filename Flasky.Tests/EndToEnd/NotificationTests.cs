using System.Text.RegularExpressions;
using Flasky.Mailbox;

namespace Flasky.Tests.EndToEnd;

[Collection(nameof(FlaskySystem))]
public sealed partial class NotificationTests(FlaskySystem system)
{
    [Fact]
    public async Task FollowersAndAnswersAreMailedAndOneClickEndsTheirKind()
    {
        using var ada = system.NewVisitor();
        using var bob = system.NewVisitor();
        using var eve = system.NewVisitor();
        var (adaName, adaEmail) = await JoinAsync(ada);
        var (bobName, bobEmail) = await JoinAsync(bob);
        var (eveName, _) = await JoinAsync(eve);

        await bob.SubmitAsync($"/follow/{adaName}");
        var mail = await WaitForMailAsync(adaEmail, $"[Flasky] {bobName} follows you");
        using (var program = new HttpClient())
        using (var body = new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]))
        using (var answer = await program.PostAsync(new Uri(mail.Header("List-Unsubscribe")!.Trim('<', '>')), body, TestContext.Current.CancellationToken))
            Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(2, CheckedBox().Count(await ada.GetAsync("/auth/notifications")));

        // The other kinds still come, and of followers none, which was asked for before them.
        await eve.SubmitAsync($"/follow/{adaName}");
        await ada.SubmitAsync("/", ("Input.Body", $"Written by {adaName}"), ("Input.Action", "Publish"));
        var post = PostLink().Match(await ada.GetAsync($"/user/{adaName}")).Groups["path"].Value;
        await bob.SubmitAsync(post, ("Input.Body", "Well said."));
        Assert.Contains("> Well said.", (await WaitForMailAsync(adaEmail, $"[Flasky] {bobName} commented on your post")).Text, StringComparison.Ordinal);
        await eve.SubmitAsync(post, ("Input.Body", "Indeed."));
        Assert.Contains("> Indeed.", (await WaitForMailAsync(bobEmail, $"[Flasky] {eveName} commented after you")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(system.Mail.Messages, message => message.Subject == $"[Flasky] {eveName} follows you");
    }

    private async Task<(string Name, string Email)> JoinAsync(Visitor visitor)
    {
        var name = Visitor.NewName();
        var email = await visitor.RegisterAsync(name);
        var mail = await WaitForMailAsync(email, "[Flasky] Confirm Your Account");
        await visitor.LogInAsync(email);
        await visitor.GetAsync(ConfirmationLink().Match(mail.Text).Value);
        return (name, email);
    }

    private Task<ReceivedMessage> WaitForMailAsync(string email, string subject) => system.Mail.WaitForMessageAsync(
        message => message.Recipients.Contains(email) && message.Subject == subject, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    [GeneratedRegex(@"https?://\S+/auth/confirm/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ConfirmationLink();

    [GeneratedRegex("href=\"(?<path>/post/[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PostLink();

    [GeneratedRegex("<input[^>]*checkbox[^>]*checked|<input[^>]*checked[^>]*checkbox", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CheckedBox();
}
