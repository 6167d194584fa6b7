namespace Flasky.Data.Notifications;

/// <summary>What users are told by mail, each kind of which they can switch off; stored as its number, so a bit never changes its meaning.</summary>
[Flags]
public enum NotificationKinds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Somebody follows the user.</summary>
    NewFollower = 1,

    /// <summary>Somebody comments on a post of the user.</summary>
    NewComment = 2,

    /// <summary>Somebody comments on another's post where the user has commented before.</summary>
    Reply = 4,
}
