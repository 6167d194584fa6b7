using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Reads comments for e-mails about them, as they are now.</summary>
internal sealed partial class ToldComments(FlaskyDbContext db, SiteLinks links, TimeProvider time, ILogger<ToldComments> logger)
{
    /// <summary>The comment of this id. Null, which is logged: it or its post is gone, a moderator has hidden it, or its author is not to be told of.</summary>
    public async Task<ToldComment?> FindAsync(int id, CancellationToken cancellationToken)
    {
        var comment = await db.CommentToTell(id, time.GetUtcNow())
            .Select(c => new
            {
                c.PostId,
                c.AuthorId,
                c.Author!.UserName,
                c.Body,
                PostAuthorId = c.Post!.AuthorId,
                PostAuthor = c.Post.Author!.UserName,
                PostedAt = c.Post.Timestamp,
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (comment is null)
        {
            LogUntold(logger, id);
            return null;
        }
        var mention = new CommentMention
        {
            Author = comment.UserName!,
            Body = comment.Body,
            PostAuthor = comment.PostAuthor!,
            PostedAt = comment.PostedAt,
            Link = links.Comment(comment.PostId, id),
        };
        return new ToldComment(mention, comment.PostAuthorId, comment.AuthorId == comment.PostAuthorId);
    }

    /// <summary>Whether a comment answers one of this user's, which is still to be seen.</summary>
    public Task<bool> AnswersAsync(int id, int userId, CancellationToken cancellationToken) => db.AnsweredBy(id).ContainsAsync(userId, cancellationToken);

    [LoggerMessage(LogLevel.Information, "Nobody is told of comment {CommentId}: it or its author is gone or hidden")]
    private static partial void LogUntold(ILogger logger, int commentId);
}

/// <summary>A comment, and who wrote the post below which it stands.</summary>
internal sealed record ToldComment(CommentMention Mention, int PostAuthorId, bool IsByPostAuthor);
