using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Flasky.Data.Users;

/// <summary>
/// Identity's store, except that the secrets of two-step login are not readable in the database: the authenticator's key is
/// encrypted with the shared keys, and of recovery codes there is only a hash (they are random, so a plain one does).
/// </summary>
internal sealed class AccountStore(FlaskyDbContext context, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserStore<User, Role, FlaskyDbContext, int>(context, describer)
{
    private readonly IDataProtector protector = protection.CreateProtector("Flasky.AuthenticatorKey", "v1");

    public override Task SetAuthenticatorKeyAsync(User user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, protector.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(User user, CancellationToken cancellationToken) =>
        await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } key ? protector.Unprotect(key) : null;

    public override Task ReplaceCodesAsync(User user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override async Task<bool> RedeemCodeAsync(User user, string code, CancellationToken cancellationToken)
    {
        var codes = (await GetTokenAsync(user, RecoveryProvider, RecoveryName, cancellationToken) ?? "").Split(';');
        var hash = Hash(code);
        if (!codes.Contains(hash, StringComparer.Ordinal))
        {
            return false;
        }
        // Hashes already, so not by way of ReplaceCodesAsync.
        await base.ReplaceCodesAsync(user, codes.Where(left => left != hash), cancellationToken);
        return true;
    }

    // Where Identity's own store keeps them; the names are private there.
    private const string RecoveryProvider = "[AspNetUserStore]";
    private const string RecoveryName = "RecoveryCodes";

    private static string Hash(string code) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));
}
