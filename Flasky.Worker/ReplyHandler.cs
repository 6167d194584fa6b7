using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Jobs;

namespace Flasky.Worker;

/// <summary>Tells a user of a comment that answers one of the user's.</summary>
internal sealed class ReplyHandler(ToldComments comments, NotificationMail mail) : IJobHandler<Reply>
{
    /// <inheritdoc/>
    public async Task HandleAsync(Reply job, JobContext context, CancellationToken cancellationToken)
    {
        if (await comments.FindAsync(job.CommentId, cancellationToken) is { } told && await comments.AnswersAsync(job.CommentId, job.UserId, cancellationToken))
        {
            await mail.SendAsync(job.UserId, NotificationKinds.Reply,
                (name, unsubscribe) => ReplyEmail.Render(name, told.Mention, unsubscribe), context, cancellationToken);
        }
    }
}
