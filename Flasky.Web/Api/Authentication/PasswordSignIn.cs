using Flasky.Data;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Authentication;

/// <summary>
/// Checks e-mail address and password as the login page does: with its limits, and saying neither by words nor by time whether an
/// address has an account.
/// </summary>
internal sealed class PasswordSignIn(
    FlaskyDbContext db, SignInManager<User> signIn, ILookupNormalizer normalizer, AccountLimits limits, EvenTime even, CheckedPasswords passwords)
{
    // Longer ones nobody can have, and each takes time to hash.
    private const int MaxPasswordLength = 128;

    public async Task<(ApiAccount? Account, ApiRefusal? Refusal)> FindAsync(string email, string password, CancellationToken cancellationToken)
    {
        if (email.Length > User.MaxLength || password.Length > MaxPasswordLength)
        {
            return (null, ApiRefusal.InvalidCredentials);
        }
        var (user, permissions) = await LoadAsync(email, cancellationToken);
        TimeSpan? wait = null;
        if (!await passwords.CheckAsync(user, password, CheckAsync, cancellationToken))
        {
            if (wait is { } time)
            {
                return (null, ApiRefusal.Limited(time));
            }
            await even.WaitAsync(cancellationToken);
            return (null, ApiRefusal.InvalidCredentials);
        }
        return user!.TwoFactorEnabled ? (null, ApiRefusal.NeedsToken) : (new ApiAccount(user, permissions, ApiScopes.All, ByToken: false), null);

        async Task<bool> CheckAsync()
        {
            wait = await limits.LoginAsync(email, cancellationToken);
            if (wait is not null)
            {
                return false;
            }
            if (user is null)
            {
                // Takes the time that checking a password takes.
                signIn.UserManager.PasswordHasher.HashPassword(new User(), password);
                return false;
            }
            // AccountLimits has counted the try.
            var isRight = (await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: false)).Succeeded;
            if (isRight && !user.TwoFactorEnabled)
            {
                await limits.LoggedInAsync(email, cancellationToken);
            }
            return isRight;
        }
    }

    private async Task<(User?, Permissions)> LoadAsync(string email, CancellationToken cancellationToken)
    {
        var address = normalizer.NormalizeEmail(email.Trim());
        var found = await db.Users.Where(user => user.NormalizedEmail == address)
            .Select(user => new
            {
                User = user,
                Permissions = db.UserRoles.Where(member => member.UserId == user.Id)
                    .Join(db.Roles, member => member.RoleId, role => role.Id, (member, role) => (Permissions?)role.Permissions)
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return (found?.User, found?.Permissions ?? Permissions.None);
    }
}
