using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Worker;

/// <summary>Enqueues what tells of a comment: one job for the author of the post, and one for each user whom the comment answers.</summary>
internal sealed class CommentWrittenHandler(ToldComments comments, FlaskyDbContext db, IJobQueue jobs, TimeProvider time) : IJobHandler<CommentWritten>
{
    // Should this job run again, those that it enqueued the first time are still the only ones.
    private static readonly EnqueueOptions Once = new() { Unique = new JobUnique { Until = UniqueUntil.Window, For = TimeSpan.FromDays(1) } };

    /// <inheritdoc/>
    public async Task HandleAsync(CommentWritten job, JobContext context, CancellationToken cancellationToken)
    {
        if (await comments.FindAsync(job.CommentId, cancellationToken) is not { } told)
        {
            return;
        }
        if (!told.IsByPostAuthor)
        {
            await jobs.EnqueueAsync(new NewComment(job.CommentId), Once, cancellationToken);
        }
        var answered = db.AnsweredBy(job.CommentId);
        var readers = await db.Recipients(NotificationKinds.Reply, time.GetUtcNow()).Where(user => answered.Contains(user.Id))
            .Select(user => user.Id).ToListAsync(cancellationToken);
        await jobs.EnqueueManyAsync(readers.Select(reader => new Reply(job.CommentId, reader)), Once, cancellationToken);
    }
}
