using Flasky.Data;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Users;

/// <summary>Begins and ends following. Each may be done again, and at once, and then changes nothing.</summary>
public sealed class Following(FlaskyDbContext db, TimeProvider time)
{
    /// <summary>Lets one user follow another.</summary>
    /// <returns>Whether that is new.</returns>
    public async Task<bool> FollowAsync(int followerId, int followedId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "Follows" ("FollowerId", "FollowedId", "Timestamp")
            SELECT {followerId}, "Id", {time.GetUtcNow()} FROM "Users" WHERE "Id" = {followedId} AND "Id" <> {followerId}
            ON CONFLICT DO NOTHING
            """, cancellationToken) > 0;

    /// <summary>Ends it.</summary>
    /// <returns>Whether there was something to end.</returns>
    public async Task<bool> UnfollowAsync(int followerId, int followedId, CancellationToken cancellationToken) =>
        await db.Follows.Where(follow => follow.FollowerId == followerId && follow.FollowedId == followedId).ExecuteDeleteAsync(cancellationToken) > 0;
}
