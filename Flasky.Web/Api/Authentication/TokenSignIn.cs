using System.Security.Cryptography;
using System.Text;
using Flasky.Data;
using Flasky.Data.Tokens;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Authentication;

/// <summary>Finds whom a token stands for.</summary>
internal sealed class TokenSignIn(FlaskyDbContext db, TimeProvider time)
{
    // Far longer than any token of ours.
    private const int MaxLength = 256;

    // Its owner wants to know whether a token is still in use; a write at every request would be a high price for that.
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromHours(1);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    public async Task<(ApiAccount? Account, ApiRefusal? Refusal)> FindAsync(string text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (token, permissions) = text.Length > MaxLength ? default : await db.FindTokenAsync(Hash(text), now, cancellationToken);
        if (token is null)
        {
            return (null, ApiRefusal.InvalidToken);
        }
        var due = now - LastUsedPrecision;
        if (token.LastUsedAt is null || token.LastUsedAt <= due)
        {
            // Of many requests at once the first one writes, also for a caller who has gone away meanwhile.
            await db.ApiTokens.Where(t => t.Id == token.Id && (t.LastUsedAt == null || t.LastUsedAt <= due))
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.LastUsedAt, now), CancellationToken.None);
        }
        return (new ApiAccount(token.User!, permissions, token.Scopes, ByToken: true), null);
    }
}
