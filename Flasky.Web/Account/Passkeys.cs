using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;

namespace Flasky.Web.Account;

/// <summary>
/// Adds and checks passkeys. The browser is given options, and what its device answers comes back in a form field; in between,
/// Identity keeps the challenge in an encrypted cookie for some minutes.
/// </summary>
public sealed class Passkeys(SignInManager<User> signIn, AccountLimits limits)
{
    /// <summary>The most that one account may have.</summary>
    public const int Max = 20;

    /// <summary>Longest name of a passkey, in characters.</summary>
    public const int MaxNameLength = 64;

    private readonly UserManager<User> users = signIn.UserManager;

    /// <summary>What a browser needs to make a passkey for <paramref name="user"/>, as JSON.</summary>
    public Task<string> CreationOptionsAsync(User user) => signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity
    {
        Id = $"{user.Id}",
        Name = user.Email!,
        DisplayName = user.UserName!,
    });

    /// <summary>What a browser needs to show a passkey, as JSON. Null: of whichever user.</summary>
    public Task<string> RequestOptionsAsync(User? user = null) => signIn.MakePasskeyRequestOptionsAsync(user);

    /// <summary>Adds the passkey that a device has made.</summary>
    /// <returns>False: the answer is no good, not for this user, or too late; or the user has <see cref="Max"/> already.</returns>
    public async Task<bool> AddAsync(User user, string? credential, string name)
    {
        if (await PerformAsync(credential, signIn.PerformPasskeyAttestationAsync) is not { Succeeded: true, Passkey: { } passkey, UserEntity.Id: { } owner }
            || owner != $"{user.Id}"
            || (await users.GetPasskeysAsync(user)).Count >= Max)
        {
            return false;
        }
        passkey.Name = name;
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded;
    }

    /// <summary>The user whose passkey a device has shown. Null: the answer is no good, was used before, or came too late.</summary>
    public async Task<User?> CheckAsync(string? credential, CancellationToken cancellationToken)
    {
        if (await PerformAsync(credential, signIn.PerformPasskeyAssertionAsync) is not { Succeeded: true, User: { } user, Passkey: { } passkey }
            || !await limits.UseAsync($"passkey {credential}", cancellationToken))
        {
            return null;
        }
        // Keeps the device's counter, which shows copies.
        return (await users.AddOrUpdatePasskeyAsync(user, passkey)).Succeeded ? user : null;
    }

    private static async Task<T?> PerformAsync<T>(string? credential, Func<string, Task<T>> perform) where T : class
    {
        if (string.IsNullOrWhiteSpace(credential))
        {
            return null;
        }
        try
        {
            return await perform(credential);
        }
        catch (InvalidOperationException)
        {
            // So says Identity when the cookie with the challenge is not there any more, or is that of another ceremony.
            return null;
        }
    }
}
