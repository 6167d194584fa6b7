using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Data.Statements;
using Flasky.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>The beginning of <see cref="PostQueries.TimelineOf"/>, read in a time that depends on how many people are followed, never on how many posts there are.</summary>
internal static class Timeline
{
    // So many of the newest posts are looked through in about a millisecond, and with a few busy people among the followed they fill a page.
    private const int Window = 2000;

    /// <summary>Reads a page of what is shown of a timeline.</summary>
    /// <param name="number">From 1; what is below is the first page.</param>
    /// <param name="size">Posts a page.</param>
    public static Task<Paged<PostView>> ToTimelinePageAsync(this FlaskyDbContext db, int userId, int number, int size, CancellationToken cancellationToken) =>
        PagedQueries.ReadAsync(number, size, (skipped, taken) =>
            // A plan for each number of rows would be too many to keep.
            skipped == 0 ? db.NewestOf(userId, taken).Prepared().ToViews(db) : db.NewestOf(userId, skipped + taken).Skip(skipped).ToViews(db), cancellationToken);

    /// <summary>
    /// The newest of a user's own posts and those of everybody whom the user follows. They are looked for among the newest posts of all; only where
    /// these do not suffice, in the index of each author, which takes some ten microseconds an author.
    /// </summary>
    /// <param name="rows">How many at most.</param>
    public static IQueryable<Post> NewestOf(this FlaskyDbContext db, int userId, int rows) => db.Posts.FromSql($"""
        WITH newest AS MATERIALIZED (
            SELECT "Id" FROM (
                SELECT "Id", "Timestamp", "AuthorId" FROM "Posts" WHERE NOT "IsDraft" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT {Window + rows}
            ) AS looked_through
            WHERE "AuthorId" = {userId} OR "AuthorId" IN (SELECT "FollowedId" FROM "Follows" WHERE "FollowerId" = {userId})
            ORDER BY "Timestamp" DESC, "Id" DESC LIMIT {rows}
        ), latest AS (
            SELECT post."Id" FROM (
                SELECT {userId} AS id UNION ALL SELECT "FollowedId" FROM "Follows" WHERE "FollowerId" = {userId}
            ) AS author
            CROSS JOIN LATERAL (
                SELECT "Id", "Timestamp" FROM "Posts" WHERE "AuthorId" = author.id AND NOT "IsDraft" ORDER BY "Timestamp" DESC, "Id" DESC LIMIT {rows}
            ) AS post
            ORDER BY post."Timestamp" DESC, post."Id" DESC LIMIT {rows}
        )
        SELECT * FROM "Posts" WHERE "Id" IN (
            SELECT "Id" FROM newest WHERE (SELECT count(*) FROM newest) = {rows}
            UNION ALL
            SELECT "Id" FROM latest WHERE (SELECT count(*) FROM newest) < {rows})
        """).NewestFirst();
}
