using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Makes a user's confirmation token and mails the link.</summary>
internal sealed partial class ConfirmAccountHandler(
    FlaskyDbContext db,
    AccountTokens tokens,
    SiteLinks links,
    MailComposer composer,
    MailSender sender,
    TimeProvider time,
    ILogger<ConfirmAccountHandler> logger) : IJobHandler<ConfirmAccount>
{
    /// <inheritdoc/>
    public async Task HandleAsync(ConfirmAccount job, JobContext context, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == job.UserId, cancellationToken);
        if (user is not { EmailConfirmed: false, UserName: { } name, Email: { } address })
        {
            LogNothingToConfirm(logger, job.UserId, user is null ? "is gone" : "needs no confirmation");
            return;
        }
        var email = ConfirmAccountEmail.Render(
            name, links.ConfirmAccount(tokens.CreateConfirmationToken(user)), time.GetUtcNow() + AccountTokens.Lifetime);
        using var message = composer.Compose(email, name, address, context);
        await sender.SendAsync(message, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No confirmation is sent: user {UserId} {Reason}")]
    private static partial void LogNothingToConfirm(ILogger logger, int userId, string reason);
}
