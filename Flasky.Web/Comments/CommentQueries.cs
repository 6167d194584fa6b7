using Flasky.Data;
using Flasky.Data.Comments;

namespace Flasky.Web.Comments;

/// <summary>The lists of comments, for pages and the API alike. Those on drafts are in none: there are none.</summary>
internal static class CommentQueries
{
    /// <summary>Those on one post, oldest first.</summary>
    public static IQueryable<Comment> CommentsOn(this FlaskyDbContext db, int postId) =>
        db.Comments.Where(comment => comment.PostId == postId).OrderBy(comment => comment.Timestamp).ThenBy(comment => comment.Id);

    /// <summary>All, newest first.</summary>
    public static IQueryable<Comment> NewestComments(this FlaskyDbContext db) =>
        db.Comments.OrderByDescending(comment => comment.Timestamp).ThenByDescending(comment => comment.Id);

    /// <summary>Reads what is shown of comments. What a moderator has hidden stays in the database, so no page and no API can let it slip.</summary>
    /// <param name="seesHidden">Whether the reader is a moderator.</param>
    public static IQueryable<CommentView> ToViews(this IQueryable<Comment> comments, bool seesHidden) => comments.Select(comment => new CommentView
    {
        Id = comment.Id,
        PostId = comment.PostId,
        Body = seesHidden || !comment.IsDisabled ? comment.Body : null,
        BodyHtml = seesHidden || !comment.IsDisabled ? comment.BodyHtml : null,
        Timestamp = comment.Timestamp,
        IsDisabled = comment.IsDisabled,
        AuthorId = comment.AuthorId,
        AuthorName = comment.Author!.UserName!,
    });
}
