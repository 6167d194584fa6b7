using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Users;

/// <summary>Begins and ends following. Each may be done again, and at once, and then changes nothing.</summary>
public sealed class Following(FlaskyDbContext db, IJobQueue jobs, TimeProvider time)
{
    // Who follows, changes their mind and follows again, or does so all day long to be noticed, causes one mail.
    private static readonly EnqueueOptions OnceAWeek = new() { Unique = new JobUnique { Until = UniqueUntil.Window, For = TimeSpan.FromDays(7) } };

    /// <summary>Lets one user follow another, who is told of it in the same transaction.</summary>
    /// <returns>Whether that is new.</returns>
    public Task<bool> FollowAsync(int followerId, int followedId, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async cancel =>
        {
            var isNew = await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "Follows" ("FollowerId", "FollowedId", "Timestamp")
                SELECT {followerId}, "Id", {time.GetUtcNow()} FROM "Users" WHERE "Id" = {followedId} AND "Id" <> {followerId}
                ON CONFLICT DO NOTHING
                """, cancel) > 0;
            if (isNew)
            {
                db.Enqueue(jobs, new NewFollower(followerId, followedId), OnceAWeek);
                await db.SaveChangesAsync(cancel);
            }
            return isNew;
        }, cancellationToken);

    /// <summary>Ends it.</summary>
    /// <returns>Whether there was something to end.</returns>
    public async Task<bool> UnfollowAsync(int followerId, int followedId, CancellationToken cancellationToken) =>
        await db.Follows.Where(follow => follow.FollowerId == followerId && follow.FollowedId == followedId).ExecuteDeleteAsync(cancellationToken) > 0;
}
