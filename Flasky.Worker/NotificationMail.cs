using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Mails users what they can switch off, with the link that does so.</summary>
internal sealed partial class NotificationMail(
    FlaskyDbContext db,
    UnsubscribeTokens tokens,
    SiteLinks links,
    MailComposer composer,
    MailSender sender,
    TimeProvider time,
    ILogger<NotificationMail> logger)
{
    /// <summary>Sends it, unless the user is gone, has no confirmed address, or has switched this kind off.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="kind">What kind it is.</param>
    /// <param name="render">Writes the e-mail to a user of this name, who gets no more of them at this link.</param>
    /// <param name="context">The job that sends it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendAsync(
        int userId, NotificationKinds kind, Func<string, Uri, EmailContent> render, JobContext context, CancellationToken cancellationToken)
    {
        var reader = await db.Recipients(kind, time.GetUtcNow()).Where(user => user.Id == userId)
            .Select(user => new { user.UserName, user.Email })
            .SingleOrDefaultAsync(cancellationToken);
        if (reader is not { UserName: { } name, Email: { } address })
        {
            LogUnwanted(logger, kind, userId);
            return;
        }
        using var message = composer.Compose(render(name, links.Unsubscribe(tokens.Create(userId, kind))), name, address, context);
        await sender.SendAsync(message, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No {Kind} is sent: user {UserId} is gone, cannot be written to, or has switched it off")]
    private static partial void LogUnwanted(ILogger logger, NotificationKinds kind, int userId);
}
