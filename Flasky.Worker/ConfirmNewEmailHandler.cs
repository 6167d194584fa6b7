using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Makes a token for a pending address and mails the link there, unless another account has the address.</summary>
internal sealed partial class ConfirmNewEmailHandler(
    FlaskyDbContext db,
    ILookupNormalizer normalizer,
    AccountTokens tokens,
    SiteLinks links,
    MailComposer composer,
    MailSender sender,
    TimeProvider time,
    ILogger<ConfirmNewEmailHandler> logger) : IJobHandler<ConfirmNewEmail>
{
    /// <inheritdoc/>
    public async Task HandleAsync(ConfirmNewEmail job, JobContext context, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == job.UserId, cancellationToken);
        if (user is not { UserName: { } name, PendingEmail: { } address })
        {
            LogNothingToConfirm(logger, job.UserId, user is null ? "is gone" : "wants no other address any more");
            return;
        }
        var normalized = normalizer.NormalizeEmail(address);
        if (await db.Users.AnyAsync(u => u.NormalizedEmail == normalized && u.Id != user.Id, cancellationToken))
        {
            LogNothingToConfirm(logger, job.UserId, "wants an address that has an account");
            return;
        }
        var email = ConfirmNewEmailEmail.Render(name, links.ChangeEmail(tokens.CreateEmailToken(user)), time.GetUtcNow() + AccountTokens.Lifetime);
        using var message = composer.Compose(email, name, address, context);
        await sender.SendAsync(message, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No confirmation of another address is sent: user {UserId} {Reason}")]
    private static partial void LogNothingToConfirm(ILogger logger, int userId, string reason);
}
