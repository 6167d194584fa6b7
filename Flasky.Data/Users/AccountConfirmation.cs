using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Data.Users;

/// <summary>
/// Confirms addresses. The caller passes the user who is signed in, never one found through the token: somebody who
/// registers with another person's address must not be confirmed by that person's curious click (or by a scanner of
/// links in their mail), least of all when it is the administrator's address. So a confirmation takes both the mailbox,
/// which the token shows, and the password. On another device the link asks for the password first, then works.
/// </summary>
public sealed class AccountConfirmation(FlaskyDbContext db, AccountTokens tokens, ILookupNormalizer normalizer, IOptions<AccountOptions> options)
{
    /// <summary>Confirms the address of <paramref name="user"/>, once; the administrator's makes its owner administrator in the same transaction.</summary>
    public async Task<Confirmation> ConfirmAsync(User user, string token, CancellationToken cancellationToken = default)
    {
        if (user.EmailConfirmed)
        {
            return Confirmation.AlreadyConfirmed;
        }
        if (!tokens.IsConfirmationToken(user, token))
        {
            return Confirmation.Rejected;
        }
        return await db.InTransactionAsync(async cancel =>
        {
            // The stamp guards Identity's own updates, which write every column, against undoing this one.
            var version = Guid.NewGuid().ToString();
            var changed = await db.Users
                .Where(u => u.Id == user.Id && !u.EmailConfirmed && u.SecurityStamp == user.SecurityStamp)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.EmailConfirmed, true).SetProperty(u => u.ConcurrencyStamp, version), cancel);
            if (changed == 0)
            {
                return Confirmation.AlreadyConfirmed;
            }
            await GrantAdministratorAsync(cancel);
            return Confirmation.Confirmed;
        }, cancellationToken);
    }

    /// <summary>
    /// Makes the owner of the configured address administrator, if it is confirmed. <c>migrate</c> calls it too, for an
    /// address that was confirmed before it was configured.
    /// </summary>
    public async Task GrantAdministratorAsync(CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(options.Value.AdminEmail))
        {
            return;
        }
        var address = normalizer.NormalizeEmail(options.Value.AdminEmail.Trim());
        var id = await db.Users
            .Where(u => u.EmailConfirmed && u.NormalizedEmail == address)
            .Select(u => (int?)u.Id)
            .SingleOrDefaultAsync(cancellationToken);
        if (id is { } userId)
        {
            await db.SetRoleAsync(userId, Role.Administrator, cancellationToken);
        }
    }
}
