using Flasky.Data.Users;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Tokens;

/// <summary>Which tokens work, and for whom.</summary>
public static class ApiTokenQueries
{
    /// <summary>The tokens that work at this moment.</summary>
    public static IQueryable<ApiToken> WorkingTokens(this FlaskyDbContext db, DateTimeOffset now) =>
        db.ApiTokens.Where(token => token.SecurityStamp == token.User!.SecurityStamp && (token.ExpiresAt == null || token.ExpiresAt > now));

    /// <summary>Loads a token that works and its owner, together with what the owner's role allows, in one statement.</summary>
    /// <returns>The token with its <see cref="ApiToken.User"/>. Null: none of this hash works.</returns>
    public static async Task<(ApiToken? Token, Permissions Permissions)> FindTokenAsync(
        this FlaskyDbContext db, byte[] hash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await db.WorkingTokens(now).Where(token => token.Hash == hash)
            .Select(token => new
            {
                Token = token,
                token.User,
                Permissions = db.UserRoles.Where(member => member.UserId == token.UserId)
                    .Join(db.Roles, member => member.RoleId, role => role.Id, (member, role) => (Permissions?)role.Permissions)
                    .FirstOrDefault(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return (found?.Token, found?.Permissions ?? Permissions.None);
    }

    /// <summary>Deletes the tokens that do not work any more.</summary>
    public static Task<int> SweepTokensAsync(this FlaskyDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.ApiTokens.Where(token => token.SecurityStamp != token.User!.SecurityStamp || token.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
}
