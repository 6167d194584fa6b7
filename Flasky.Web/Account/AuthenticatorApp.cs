using System.Text;
using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace Flasky.Web.Account;

/// <summary>Two-step login: codes from an app, and recovery codes for the day it is lost.</summary>
public sealed class AuthenticatorApp(UserManager<User> users, AccountLimits limits)
{
    private const int RecoveryCodes = 10;

    /// <summary>Begins anew, with another key; codes are asked for only once <see cref="EnableAsync"/> has seen one.</summary>
    public async Task BeginAsync(User user)
    {
        Check(await users.SetTwoFactorEnabledAsync(user, enabled: false));
        Check(await users.ResetAuthenticatorKeyAsync(user));
    }

    /// <summary>What the app is to scan. Null: not begun.</summary>
    public async Task<Uri?> FindSetupAsync(User user) => await users.GetAuthenticatorKeyAsync(user) is { Length: > 0 } key
        ? new Uri($"otpauth://totp/Flasky:{Uri.EscapeDataString(user.Email!)}?secret={key}&issuer=Flasky&digits=6")
        : null;

    /// <summary>The key in groups, for those who type it.</summary>
    public static string Groups(Uri setup)
    {
        var key = System.Web.HttpUtility.ParseQueryString(setup.Query)["secret"]!;
        var groups = new StringBuilder();
        foreach (var group in key.Chunk(4))
        {
            groups.Append(groups.Length == 0 ? "" : " ").Append(group);
        }
        return groups.ToString();
    }

    /// <summary>Switches it on, if the code shows that the app has the key.</summary>
    /// <returns>The recovery codes, to be shown once. Null: the code is wrong, or was used before.</returns>
    public async Task<IReadOnlyList<string>?> EnableAsync(User user, string code, CancellationToken cancellationToken)
    {
        if (!await IsFreshAsync(user, code, cancellationToken)
            || !await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, Digits(code)))
        {
            return null;
        }
        Check(await users.SetTwoFactorEnabledAsync(user, enabled: true));
        return await RenewCodesAsync(user);
    }

    /// <summary>Makes other recovery codes; the present ones are worth nothing any more.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(User user) => [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(user, RecoveryCodes))!];

    /// <summary>How many recovery codes are left.</summary>
    public Task<int> CountCodesAsync(User user) => users.CountRecoveryCodesAsync(user);

    /// <summary>Switches it off and forgets the key.</summary>
    public async Task DisableAsync(User user)
    {
        Check(await users.SetTwoFactorEnabledAsync(user, enabled: false));
        Check(await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "AuthenticatorKey"));
        Check(await users.RemoveAuthenticationTokenAsync(user, "[AspNetUserStore]", "RecoveryCodes"));
    }

    /// <summary>Whether a code is used for the first time; somebody may have looked over a shoulder.</summary>
    public Task<bool> IsFreshAsync(User user, string code, CancellationToken cancellationToken) =>
        limits.UseAsync($"code {user.Id} {Digits(code)}", cancellationToken);

    /// <summary>A code without the spaces that apps show in it.</summary>
    public static string Digits(string code) => code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException($"The account was changed at the same moment: {result}");
        }
    }
}
