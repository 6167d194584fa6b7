using System.Buffers.Binary;
using Flasky.Data.Keys;
using Microsoft.AspNetCore.DataProtection;

namespace Flasky.Data.Notifications;

/// <summary>
/// Makes and reads the tokens by which a mail's reader switches its kind off without signing in. A token says user and kind, and is
/// good for nothing else. It works as long as the account and the shared keys exist, whatever becomes of the password: a mail may be
/// years old when somebody has had enough. Safe for concurrent use.
/// </summary>
public sealed class UnsubscribeTokens(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("Flasky.UnsubscribeTokens", "v1");

    /// <summary>A token that switches one kind off for one user; safe as one segment of a URL's path.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kind"/> is not one kind.</exception>
    public string Create(int userId, NotificationKinds kind)
    {
        if (!IsOne(kind))
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "A token is for one kind of notification.");
        var payload = new byte[2 * sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(payload, userId);
        BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(sizeof(int)), (int)kind);
        return protector.ProtectToken(payload);
    }

    /// <summary>Whom and what a token is for. Null: it is forged or cut off, or its kind exists no more.</summary>
    public (int UserId, NotificationKinds Kind)? Read(string token) =>
        protector.UnprotectToken(token) is { Length: 2 * sizeof(int) } payload
        && (NotificationKinds)BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(sizeof(int))) is var kind && IsOne(kind)
            ? (BinaryPrimitives.ReadInt32BigEndian(payload), kind)
            : null;

    private static bool IsOne(NotificationKinds kind) => kind != NotificationKinds.None && Enum.IsDefined(kind);
}
