using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Data.Users;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Flasky.Web.Account;

/// <summary>
/// Makes accounts. Somebody who registers an address that has an account gets the same answer as everybody else, and no
/// second account, and the owner a mail: nobody else learns who is a member. A user name is public, so a taken one is said to be.
/// </summary>
public sealed class Registration(FlaskyDbContext db, UserManager<User> users, AccountLimits limits, IJobQueue jobs, TimeProvider time)
{
    /// <summary>Makes an account with the default role, and enqueues its confirmation mail in the same transaction.</summary>
    /// <returns>Success, also for a known address; else what is wrong with the user name or the password.</returns>
    public async Task<IdentityResult> RegisterAsync(string email, string userName, string password, CancellationToken cancellationToken)
    {
        try
        {
            var result = await db.InTransactionAsync(cancel => CreateAsync(email, userName, password, cancel), cancellationToken);
            var told = result.Errors.Where(error => error.Code != nameof(IdentityErrorDescriber.DuplicateEmail)).ToArray();
            if (result.Succeeded)
            {
                // Counted like the mail to a known address, or the next limit would tell which of them it was.
                await limits.MailAsync(email, cancellationToken);
                return result;
            }
            return told.Length > 0 ? IdentityResult.Failed(told) : await TellOwnerAsync(email, cancellationToken);
        }
        // Another registration was faster, after this one had looked.
        catch (DbUpdateException e) when (IsTaken(e, FlaskyDbContext.EmailIndex))
        {
            return await TellOwnerAsync(email, cancellationToken);
        }
        catch (DbUpdateException e) when (IsTaken(e, FlaskyDbContext.UserNameIndex))
        {
            return IdentityResult.Failed(users.ErrorDescriber.DuplicateUserName(userName));
        }
    }

    private async Task<IdentityResult> CreateAsync(string email, string userName, string password, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var user = new User { Email = email, UserName = userName, MemberSince = now, LastSeen = now };
        // Hashes the password before it looks for the names, so that a known address takes as long as a new one.
        var result = await users.CreateAsync(user, password);
        if (result.Succeeded)
        {
            var role = await db.Roles.Where(r => r.IsDefault).Select(r => r.Id).SingleAsync(cancellationToken);
            db.UserRoles.Add(new IdentityUserRole<int> { UserId = user.Id, RoleId = role });
            db.Enqueue(jobs, new ConfirmAccount(user.Id));
            await db.SaveChangesAsync(cancellationToken);
        }
        return result;
    }

    private static bool IsTaken(DbUpdateException e, string index) =>
        e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation && violation.ConstraintName == index;

    private async Task<IdentityResult> TellOwnerAsync(string email, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        if (await limits.MailAsync(email, cancellationToken) is null && await users.FindByEmailAsync(email) is { } owner)
        {
            db.Enqueue(jobs, new AlreadyRegistered(owner.Id));
            await db.SaveChangesAsync(cancellationToken);
        }
        return IdentityResult.Success;
    }
}
