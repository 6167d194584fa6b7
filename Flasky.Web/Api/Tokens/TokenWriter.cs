using System.Buffers.Text;
using System.Security.Cryptography;
using Flasky.Data;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Api.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Tokens;

/// <summary>Makes and revokes API tokens.</summary>
public sealed class TokenWriter(FlaskyDbContext db, TimeProvider time)
{
    /// <summary>The most tokens that one account may have by name.</summary>
    public const int MaxNamed = 50;

    /// <summary>How long a token works that a program gets for a password.</summary>
    public static readonly TimeSpan ShortLifetime = TimeSpan.FromHours(1);

    // A program that gets one for every request must not fill the table; the oldest of so many are of no use to it.
    private const int MaxShort = 100;

    // By which those know it for a secret who look for such in what is published.
    private const string Prefix = "flasky_";

    /// <summary>Makes a token with a name.</summary>
    /// <param name="lifetime">Null: it works until it is revoked.</param>
    /// <returns>The token, which is kept nowhere. Null: there are <see cref="MaxNamed"/> already.</returns>
    public async Task<string?> WriteAsync(User user, string name, ApiScopes scopes, TimeSpan? lifetime, CancellationToken cancellationToken) =>
        await db.WorkingTokens(time.GetUtcNow()).CountAsync(token => token.UserId == user.Id && token.Name != null, cancellationToken) >= MaxNamed
            ? null
            : await SaveAsync(user, name, scopes, lifetime, cancellationToken);

    /// <summary>Makes a token for everything that works for <see cref="ShortLifetime"/>.</summary>
    public async Task<string> WriteShortAsync(User user, CancellationToken cancellationToken)
    {
        await db.ApiTokens.Where(token => token.UserId == user.Id && token.Name == null)
            .OrderByDescending(token => token.CreatedAt).ThenByDescending(token => token.Id)
            .Skip(MaxShort - 1).ExecuteDeleteAsync(cancellationToken);
        return await SaveAsync(user, name: null, ApiScopes.All, ShortLifetime, cancellationToken);
    }

    /// <summary>Revokes a token of a user.</summary>
    /// <returns>Whether there was such a token.</returns>
    public async Task<bool> RevokeAsync(int userId, int id, CancellationToken cancellationToken) =>
        await db.ApiTokens.Where(token => token.Id == id && token.UserId == userId).ExecuteDeleteAsync(cancellationToken) > 0;

    private async Task<string> SaveAsync(User user, string? name, ApiScopes scopes, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var token = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.ApiTokens.Add(new ApiToken
        {
            UserId = user.Id,
            Name = name,
            Hash = TokenSignIn.Hash(token),
            SecurityStamp = user.SecurityStamp!,
            Scopes = scopes,
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return token;
    }
}
