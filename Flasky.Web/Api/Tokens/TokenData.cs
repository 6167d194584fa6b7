using Flasky.Data;
using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Tokens;

/// <summary>A user's API tokens, by their names.</summary>
internal sealed class TokenData(FlaskyDbContext db) : IPersonalData
{
    public string Name => "apiTokens";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken)
    {
        var tokens = await db.ApiTokens.AsNoTracking().Where(token => token.UserId == userId)
            .OrderBy(token => token.CreatedAt).ThenBy(token => token.Id).ToListAsync(cancellationToken);
        return tokens.Select(token => new { token.Name, Scopes = token.Scopes.Names(), token.CreatedAt, token.ExpiresAt, token.LastUsedAt });
    }
}
