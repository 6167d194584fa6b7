using Microsoft.Playwright;

namespace Flasky.Tests.EndToEnd;

internal static class MailReader
{
    /// <summary>Waits for the confirmation mail to an address, reads it in the mailbox, and follows its link.</summary>
    /// <param name="look">Called with each page on the way. Null: nobody looks.</param>
    /// <returns>The tab that the link opened.</returns>
    public static async Task<IPage> ConfirmByMailAsync(this IBrowserContext context, FlaskySystem system, string email, Func<IPage, string, Task>? look = null)
    {
        const string Subject = "Confirm Your Account";
        look ??= static (_, _) => Task.CompletedTask;
        await system.Mail.WaitForMessageAsync(message => message.Recipients.Contains(email) && message.Subject.Contains(Subject, StringComparison.Ordinal),
            TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var mailbox = await context.NewPageAsync();
        await mailbox.GotoAsync($"http://localhost:{system.Mail.HttpPort}/search?q={Uri.EscapeDataString($"to:{email}")}");
        await look(mailbox, "mailbox");
        await mailbox.GetByText(Subject).First.ClickAsync();
        await look(mailbox, "mail");
        return await context.RunAndWaitForPageAsync(() =>
            mailbox.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Confirm" }).First.ClickAsync());
    }
}
