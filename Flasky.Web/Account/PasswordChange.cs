using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>
/// Gives users another password. That changes their security stamp, and with it every session, every mailed token and every
/// API token is worth nothing from the next request on; the user gets a mail in the same transaction.
/// </summary>
public sealed class PasswordChange(FlaskyDbContext db, UserManager<User> users, AccountTokens tokens, IJobQueue jobs)
{
    /// <summary>Changes the password of somebody who knows the present one. The caller refreshes the sign-in that is to last.</summary>
    /// <returns>Success, or what is wrong with either password.</returns>
    public Task<IdentityResult> ChangeAsync(int userId, string present, string password, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async cancel =>
        {
            var user = await db.Users.SingleAsync(u => u.Id == userId, cancel);
            var result = await users.ChangePasswordAsync(user, present, password);
            if (result.Succeeded)
            {
                await TellAsync(user, cancel);
            }
            return result;
        }, cancellationToken);

    /// <summary>Whether a reset token still works.</summary>
    public async Task<bool> CanResetAsync(string token, CancellationToken cancellationToken) => await FindAsync(token, cancellationToken) is not null;

    /// <summary>Sets the password of the token's user, once, and ends every session.</summary>
    /// <returns>Null: the token is forged, used, too old, or older than the present password. Else success, or what is wrong with the password.</returns>
    public Task<IdentityResult?> ResetAsync(string token, string password, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async cancel =>
        {
            if (await FindAsync(token, cancel) is not { } user)
            {
                return null;
            }
            // Before anything is changed: what is returned is committed.
            foreach (var validator in users.PasswordValidators)
            {
                if (await validator.ValidateAsync(users, user, password) is { Succeeded: false } refused)
                {
                    return refused;
                }
            }
            // Of two at once the second finds the row changed.
            if (!(await users.RemovePasswordAsync(user)).Succeeded)
            {
                return null;
            }
            var result = await users.AddPasswordAsync(user, password);
            if (!result.Succeeded)
            {
                throw new InvalidOperationException($"A password that was valid was refused: {result}");
            }
            await db.UserSessions.Where(s => s.UserId == user.Id).ExecuteDeleteAsync(cancel);
            await TellAsync(user, cancel);
            return result;
        }, cancellationToken);

    private async Task<User?> FindAsync(string token, CancellationToken cancellationToken) =>
        tokens.FindResetUser(token) is { } id
        && await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) is { } user
        && tokens.IsResetToken(user, token) ? user : null;

    private Task<int> TellAsync(User user, CancellationToken cancellationToken)
    {
        db.Enqueue(jobs, new PasswordChanged(user.Id));
        return db.SaveChangesAsync(cancellationToken);
    }
}
