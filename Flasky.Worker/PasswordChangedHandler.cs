using Flasky.Emails;
using Flasky.Jobs;

namespace Flasky.Worker;

/// <summary>Tells a user that the password was changed.</summary>
internal sealed class PasswordChangedHandler(AccountNotice notice, SiteLinks links) : IJobHandler<PasswordChanged>
{
    /// <inheritdoc/>
    public Task HandleAsync(PasswordChanged job, JobContext context, CancellationToken cancellationToken) =>
        notice.SendAsync(job.UserId, name => PasswordChangedEmail.Render(name, links.RequestReset, context.CreatedAt), context, cancellationToken: cancellationToken);
}
