using Flasky.Data.Notifications;
using Flasky.Web.Account;

namespace Flasky.Web.Notifications;

/// <summary>What a user wants to be told.</summary>
internal sealed class NotificationData(NotificationChoices choices) : IPersonalData
{
    public string Name => "notifications";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken)
    {
        var off = await choices.FindOffAsync(userId, cancellationToken);
        return new
        {
            NewFollower = !off.HasFlag(NotificationKinds.NewFollower),
            NewComment = !off.HasFlag(NotificationKinds.NewComment),
            Reply = !off.HasFlag(NotificationKinds.Reply),
        };
    }
}
