using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Makes a token for the owner of an address, if it has one, and mails the link to choose another password.</summary>
internal sealed partial class ResetPasswordHandler(
    FlaskyDbContext db,
    ILookupNormalizer normalizer,
    AccountTokens tokens,
    SiteLinks links,
    MailComposer composer,
    MailSender sender,
    TimeProvider time,
    ILogger<ResetPasswordHandler> logger) : IJobHandler<ResetPassword>
{
    /// <inheritdoc/>
    public async Task HandleAsync(ResetPassword job, JobContext context, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(job.Email);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == normalized, cancellationToken);
        if (user is not { UserName: { } name, Email: { } address })
        {
            LogNobody(logger);
            return;
        }
        var email = ResetPasswordEmail.Render(name, links.ResetPassword(tokens.CreateResetToken(user)), time.GetUtcNow() + AccountTokens.Lifetime);
        // To the address of the account: what was typed may only look like it.
        using var message = composer.Compose(email, name, address, context);
        await sender.SendAsync(message, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No reset is sent: nobody has the address")]
    private static partial void LogNobody(ILogger logger);
}
