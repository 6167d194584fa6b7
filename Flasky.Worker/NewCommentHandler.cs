using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Jobs;

namespace Flasky.Worker;

/// <summary>Tells the author of a post of a comment by somebody else.</summary>
internal sealed class NewCommentHandler(ToldComments comments, NotificationMail mail) : IJobHandler<NewComment>
{
    /// <inheritdoc/>
    public async Task HandleAsync(NewComment job, JobContext context, CancellationToken cancellationToken)
    {
        if (await comments.FindAsync(job.CommentId, cancellationToken) is { IsByPostAuthor: false } told)
        {
            await mail.SendAsync(told.PostAuthorId, NotificationKinds.NewComment,
                (name, unsubscribe) => NewCommentEmail.Render(name, told.Mention, unsubscribe), context, cancellationToken);
        }
    }
}
