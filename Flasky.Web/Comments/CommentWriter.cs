using Flasky.Data;
using Flasky.Data.Comments;
using Flasky.Data.Outbox;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Web.Writing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Flasky.Web.Comments;

/// <summary>Writes and deletes comments, and hides and shows them; whether the user may is the caller's to know.</summary>
public sealed class CommentWriter(FlaskyDbContext db, IJobQueue jobs, TimeProvider time)
{
    /// <summary>Saves a comment on a published post, and enqueues in the same transaction that those whom it concerns are told.</summary>
    /// <returns>Null: somebody has deleted the post meanwhile.</returns>
    public async Task<Comment?> WriteAsync(int postId, int authorId, string body, CancellationToken cancellationToken)
    {
        try
        {
            return await db.InTransactionAsync(async cancel =>
            {
                var comment = new Comment { PostId = postId, AuthorId = authorId, Body = body, BodyHtml = Markup.CommentHtml(body), Timestamp = time.GetUtcNow() };
                db.Comments.Add(comment);
                await db.SaveChangesAsync(cancel);
                db.Enqueue(jobs, new CommentWritten(comment.Id));
                await db.SaveChangesAsync(cancel);
                return comment;
            }, cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation })
        {
            return null;
        }
    }

    /// <summary>Hides a comment's text from all but moderators, or shows it again.</summary>
    /// <returns>Whether there is such a comment.</returns>
    public async Task<bool> SetDisabledAsync(int id, bool isDisabled, CancellationToken cancellationToken) =>
        await db.Comments.Where(comment => comment.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(comment => comment.IsDisabled, isDisabled), cancellationToken) > 0;

    /// <summary>Deletes a comment. Doing it again changes nothing.</summary>
    public Task DeleteAsync(int id, CancellationToken cancellationToken) => db.Comments.Where(comment => comment.Id == id).ExecuteDeleteAsync(cancellationToken);
}
