using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Data.Users;

/// <summary>
/// Makes and reads the tokens in the links that Flasky mails. A token names its user and the time it was made, and holds
/// the user's security stamp, so that it dies with the password and the address it was made for. Nothing is stored: any
/// process with the shared keys makes tokens that every other one accepts. Safe for concurrent use.
/// </summary>
public sealed class AccountTokens(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a token works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const int HeaderLength = sizeof(int) + sizeof(long);

    private readonly IDataProtector confirmation = protection.CreateProtector("Flasky.AccountTokens", "confirm", "v1");

    /// <summary>A token that lets <paramref name="user"/> confirm the address; safe as one segment of a URL's path.</summary>
    public string CreateConfirmationToken(User user) => Create(confirmation, user);

    /// <summary>Whether <paramref name="token"/> was made for this user, less than <see cref="Lifetime"/> ago, and the user's password and address are still the same.</summary>
    public bool IsConfirmationToken(User user, string token) => IsValid(confirmation, user, token);

    private string Create(IDataProtector protector, User user)
    {
        var stamp = user.SecurityStamp ?? throw new InvalidOperationException("The user has no security stamp; it was not made by UserManager.");
        var payload = new byte[HeaderLength + Encoding.UTF8.GetByteCount(stamp)];
        BinaryPrimitives.WriteInt32BigEndian(payload, user.Id);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(sizeof(int)), time.GetUtcNow().ToUnixTimeSeconds());
        Encoding.UTF8.GetBytes(stamp, payload.AsSpan(HeaderLength));
        return Base64Url.EncodeToString(protector.Protect(payload));
    }

    private bool IsValid(IDataProtector protector, User user, string token)
    {
        if (Read(protector, token) is not { Length: > HeaderLength } payload)
        {
            return false;
        }
        var made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(sizeof(int))));
        return BinaryPrimitives.ReadInt32BigEndian(payload) == user.Id
            && time.GetUtcNow() - made < Lifetime
            && Encoding.UTF8.GetString(payload.AsSpan(HeaderLength)) == user.SecurityStamp;
    }

    private static byte[]? Read(IDataProtector protector, string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }
        try
        {
            return protector.Unprotect(Base64Url.DecodeFromChars(token));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
