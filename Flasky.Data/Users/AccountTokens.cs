using System.Buffers.Binary;
using System.Text;
using Flasky.Data.Keys;
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

    private readonly IDataProtector confirmation = Protector(protection, "confirm");
    private readonly IDataProtector reset = Protector(protection, "reset");
    private readonly IDataProtector email = Protector(protection, "email");

    /// <summary>A token that lets <paramref name="user"/> confirm the address; safe as one segment of a URL's path.</summary>
    public string CreateConfirmationToken(User user) => Create(confirmation, user);

    /// <summary>Whether <paramref name="token"/> was made for this user, less than <see cref="Lifetime"/> ago, and the user's password and address are still the same.</summary>
    public bool IsConfirmationToken(User user, string token) => IsValid(confirmation, user, token);

    /// <summary>A token that lets whoever has it choose <paramref name="user"/>'s password, once.</summary>
    public string CreateResetToken(User user) => Create(reset, user);

    /// <summary>Whether <paramref name="token"/> may set this user's password; see <see cref="IsConfirmationToken"/>.</summary>
    public bool IsResetToken(User user, string token) => IsValid(reset, user, token);

    /// <summary>The id of the user whom a reset token is for, whether or not it still works. Null: it is forged.</summary>
    public int? FindResetUser(string token) =>
        reset.UnprotectToken(token) is { Length: > HeaderLength } payload ? BinaryPrimitives.ReadInt32BigEndian(payload) : null;

    /// <summary>A token that lets <paramref name="user"/> take the address in <see cref="User.PendingEmail"/>.</summary>
    /// <exception cref="InvalidOperationException">No address is pending.</exception>
    public string CreateEmailToken(User user) =>
        Create(email, user, user.PendingEmail ?? throw new InvalidOperationException("No address is pending."));

    /// <summary>Whether <paramref name="token"/> was made for this user and the address that is pending now; see <see cref="IsConfirmationToken"/>.</summary>
    public bool IsEmailToken(User user, string token) => user.PendingEmail is { } address && IsValid(email, user, token, address);

    private static IDataProtector Protector(IDataProtectionProvider protection, string purpose) =>
        protection.CreateProtector("Flasky.AccountTokens", purpose, "v1");

    private string Create(IDataProtector protector, User user, string subject = "")
    {
        var bound = Bound(user, subject) ?? throw new InvalidOperationException("The user has no security stamp; it was not made by UserManager.");
        var payload = new byte[HeaderLength + Encoding.UTF8.GetByteCount(bound)];
        BinaryPrimitives.WriteInt32BigEndian(payload, user.Id);
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(sizeof(int)), time.GetUtcNow().ToUnixTimeSeconds());
        Encoding.UTF8.GetBytes(bound, payload.AsSpan(HeaderLength));
        return protector.ProtectToken(payload);
    }

    private bool IsValid(IDataProtector protector, User user, string token, string subject = "")
    {
        if (protector.UnprotectToken(token) is not { Length: > HeaderLength } payload)
        {
            return false;
        }
        var made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(payload.AsSpan(sizeof(int))));
        return BinaryPrimitives.ReadInt32BigEndian(payload) == user.Id
            && time.GetUtcNow() - made < Lifetime
            && Encoding.UTF8.GetString(payload.AsSpan(HeaderLength)) == Bound(user, subject);
    }

    /// <summary>What must not change for a token to work.</summary>
    private static string? Bound(User user, string subject) => user.SecurityStamp is { Length: > 0 } stamp ? stamp + subject : null;
}
