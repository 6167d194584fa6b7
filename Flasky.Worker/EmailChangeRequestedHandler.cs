using Flasky.Emails;
using Flasky.Jobs;

namespace Flasky.Worker;

/// <summary>Tells the present address that another one was asked for.</summary>
internal sealed class EmailChangeRequestedHandler(AccountNotice notice, SiteLinks links) : IJobHandler<EmailChangeRequested>
{
    /// <inheritdoc/>
    public Task HandleAsync(EmailChangeRequested job, JobContext context, CancellationToken cancellationToken) =>
        notice.SendAsync(job.UserId, name => EmailChangeRequestedEmail.Render(name, links.Account), context, job.Email, cancellationToken);
}
