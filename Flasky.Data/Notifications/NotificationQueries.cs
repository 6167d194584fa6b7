using Flasky.Data.Comments;
using Flasky.Data.Users;

namespace Flasky.Data.Notifications;

/// <summary>Who is told of what, as the database has it now: asked when a notification is spread, and again when it is about to be sent.</summary>
public static class NotificationQueries
{
    /// <summary>Whom notifications may be about: users with a confirmed address who are not locked out.</summary>
    public static IQueryable<User> ActiveUsers(this FlaskyDbContext db, DateTimeOffset now) =>
        db.Users.Where(user => user.EmailConfirmed && !(user.LockoutEnabled && user.LockoutEnd > now));

    /// <summary>Whom notifications of a kind may go to: active users who have not switched it off.</summary>
    public static IQueryable<User> Recipients(this FlaskyDbContext db, NotificationKinds kind, DateTimeOffset now) =>
        db.ActiveUsers(now).Where(user => !db.Set<NotificationSettings>().Any(settings => settings.UserId == user.Id && (settings.Off & kind) != NotificationKinds.None));

    /// <summary>The comment of this id, unless it is hidden or nobody is to be told of what its author does.</summary>
    public static IQueryable<Comment> CommentToTell(this FlaskyDbContext db, int id, DateTimeOffset now)
    {
        var active = db.ActiveUsers(now);
        return db.Comments.Where(comment => comment.Id == id && !comment.IsDisabled && active.Any(user => user.Id == comment.AuthorId));
    }

    /// <summary>
    /// Whom a comment answers: everybody with an earlier comment on the same post that is not hidden, except the comment's own author, and the
    /// post's, who is told of every comment anyway. Each once.
    /// </summary>
    public static IQueryable<int> AnsweredBy(this FlaskyDbContext db, int commentId) =>
        db.Comments.Where(comment => comment.Id == commentId)
            .SelectMany(comment => db.Comments.Where(earlier => earlier.PostId == comment.PostId && earlier.Id < comment.Id && !earlier.IsDisabled
                && earlier.AuthorId != comment.AuthorId && earlier.AuthorId != comment.Post!.AuthorId))
            .Select(earlier => earlier.AuthorId)
            .Distinct();
}
