using Flasky.Data;
using Flasky.Data.Notifications;
using Flasky.Emails;
using Flasky.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Flasky.Worker;

/// <summary>Tells a user of a new follower, who still follows.</summary>
internal sealed partial class NewFollowerHandler(
    FlaskyDbContext db, NotificationMail mail, SiteLinks links, TimeProvider time, ILogger<NewFollowerHandler> logger) : IJobHandler<NewFollower>
{
    /// <inheritdoc/>
    public async Task HandleAsync(NewFollower job, JobContext context, CancellationToken cancellationToken)
    {
        var follower = await db.ActiveUsers(time.GetUtcNow())
            .Where(user => user.Id == job.FollowerId && db.Follows.Any(follow => follow.FollowerId == user.Id && follow.FollowedId == job.FollowedId))
            .Select(user => user.UserName)
            .SingleOrDefaultAsync(cancellationToken);
        if (follower is null)
        {
            LogOver(logger, job.FollowerId, job.FollowedId);
            return;
        }
        await mail.SendAsync(job.FollowedId, NotificationKinds.NewFollower,
            (name, unsubscribe) => NewFollowerEmail.Render(name, follower, links.Profile(follower), unsubscribe), context, cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "No new follower is told of: user {FollowerId} is gone, or does not follow user {FollowedId} any more")]
    private static partial void LogOver(ILogger logger, int followerId, int followedId);
}
