using Flasky.Emails;
using Flasky.Jobs;

namespace Flasky.Worker;

/// <summary>Tells a user that somebody registered with the same address.</summary>
internal sealed class AlreadyRegisteredHandler(AccountNotice notice, SiteLinks links) : IJobHandler<AlreadyRegistered>
{
    /// <inheritdoc/>
    public Task HandleAsync(AlreadyRegistered job, JobContext context, CancellationToken cancellationToken) =>
        notice.SendAsync(job.UserId, name => AlreadyRegisteredEmail.Render(name, links.RequestReset), context, cancellationToken: cancellationToken);
}
