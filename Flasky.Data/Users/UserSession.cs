namespace Flasky.Data.Users;

/// <summary>
/// One device where a user is signed in. The cookie names it, and every request looks for it, so that a session ends the
/// moment its row is gone.
/// </summary>
public sealed class UserSession
{
    /// <summary>Longest <see cref="Device"/>, in characters.</summary>
    public const int MaxDeviceLength = 64;

    /// <summary>How long a session lives without being used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>Random; only ever in the encrypted cookie.</summary>
    public Guid Id { get; init; }

    /// <summary>Whose it is.</summary>
    public int UserId { get; init; }

    /// <summary>Whose it is.</summary>
    public User? User { get; init; }

    /// <summary>What the browser calls itself, in a few words: <c>Firefox on Linux</c>.</summary>
    public required string Device { get; init; }

    /// <summary>When the user signed in.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last request, to the minute.</summary>
    public DateTimeOffset LastUsedAt { get; set; }

    /// <summary>When the user last showed a password or a passkey again, to do something that a stolen session must not. Null: never.</summary>
    public DateTimeOffset? IdentityCheckedAt { get; set; }
}
