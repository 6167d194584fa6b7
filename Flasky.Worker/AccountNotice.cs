using Flasky.Data;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Mails a user something about the account that needs no token.</summary>
internal sealed partial class AccountNotice(FlaskyDbContext db, MailComposer composer, MailSender sender, ILogger<AccountNotice> logger)
{
    /// <summary>Sends it, unless the user is gone.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="render">Writes the e-mail to a user of this name.</param>
    /// <param name="context">The job that sends it.</param>
    /// <param name="address">Where to. Null: to the account's address.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SendAsync(
        int userId, Func<string, EmailContent> render, JobContext context, string? address = null, CancellationToken cancellationToken = default)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken);
        if (user is not { UserName: { } name, Email: { } present })
        {
            LogGone(logger, userId);
            return;
        }
        using var message = composer.Compose(render(name), name, address ?? present, context);
        await sender.SendAsync(message, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No notice is sent: user {UserId} is gone")]
    private static partial void LogGone(ILogger logger, int userId);
}
