using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Flasky.Web.Account;

/// <summary>
/// Gives users another address, once they have shown that it is theirs. Whether somebody else has it already is looked up by
/// the worker, which then sends no link: whoever asks learns nothing.
/// </summary>
public sealed class EmailChange(
    FlaskyDbContext db, AccountTokens tokens, AccountConfirmation confirmation, ILookupNormalizer normalizer, IJobQueue jobs)
{
    /// <summary>Keeps the address as the pending one, and has both addresses told.</summary>
    public Task RequestAsync(User user, string email, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async cancel =>
        {
            // The stamp guards Identity's own updates, which write every column, against undoing this one.
            var version = Guid.NewGuid().ToString();
            await db.Users.Where(u => u.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PendingEmail, email).SetProperty(u => u.ConcurrencyStamp, version), cancel);
            db.Enqueue(jobs, new ConfirmNewEmail(user.Id));
            db.Enqueue(jobs, new EmailChangeRequested(user.Id, user.Email!));
            return await db.SaveChangesAsync(cancel);
        }, cancellationToken);

    /// <summary>
    /// Makes the pending address the user's, once. The security stamp changes: tokens for the old address, and sessions
    /// other than the one that the caller refreshes, end.
    /// </summary>
    /// <returns>False: the token is not this user's, used, too old, or the address has been taken meanwhile.</returns>
    public async Task<bool> ConfirmAsync(User user, string token, CancellationToken cancellationToken)
    {
        if (!tokens.IsEmailToken(user, token))
        {
            return false;
        }
        try
        {
            return await db.InTransactionAsync(cancel => ReplaceAsync(user, user.PendingEmail!, cancel), cancellationToken);
        }
        catch (PostgresException e) when (e is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: FlaskyDbContext.EmailIndex })
        {
            return false;
        }
    }

    private async Task<bool> ReplaceAsync(User user, string email, CancellationToken cancellationToken)
    {
        var normalized = normalizer.NormalizeEmail(email);
        var (stamp, version) = (Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString());
        var changed = await db.Users
            .Where(u => u.Id == user.Id && u.PendingEmail == email && u.SecurityStamp == user.SecurityStamp)
            .ExecuteUpdateAsync(set => set
                .SetProperty(u => u.Email, email).SetProperty(u => u.NormalizedEmail, normalized).SetProperty(u => u.EmailConfirmed, true)
                .SetProperty(u => u.PendingEmail, (string?)null)
                .SetProperty(u => u.SecurityStamp, stamp).SetProperty(u => u.ConcurrencyStamp, version), cancellationToken);
        if (changed == 1)
        {
            await confirmation.GrantAdministratorAsync(cancellationToken);
        }
        return changed == 1;
    }
}
