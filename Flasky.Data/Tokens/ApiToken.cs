using Flasky.Data.Users;

namespace Flasky.Data.Tokens;

/// <summary>A token that stands for a user at the API. The token itself is shown once, to its owner, and kept nowhere.</summary>
public sealed class ApiToken
{
    /// <summary>Longest <see cref="Name"/>, in characters.</summary>
    public const int MaxNameLength = 64;

    /// <summary>By which its owner revokes it.</summary>
    public int Id { get; init; }

    /// <summary>Its owner's id.</summary>
    public int UserId { get; init; }

    /// <summary>Its owner; goes, and the token with it. Null: not loaded.</summary>
    public User? User { get; init; }

    /// <summary>What its owner calls it. Null: a program got it for a password, and it works for an hour.</summary>
    public string? Name { get; init; }

    /// <summary>SHA-256 of the token. It is random, so that a plain hash cannot be guessed back.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The owner's security stamp when it was made: with another one, after a change of the password for example, the token is dead.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>What it may be used for.</summary>
    public ApiScopes Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is dead. Null: never by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The last request with it, to the hour. Null: none yet.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
