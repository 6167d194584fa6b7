using Flasky.Data.Users;

namespace Flasky.Data.Notifications;

/// <summary>
/// What a user does not want to be told. A row of its own instead of columns of the user's, which Identity writes all at once:
/// whoever saves a profile must not undo a click in a mail.
/// </summary>
public sealed class NotificationSettings
{
    /// <summary>Whose they are. A user without a row wants everything.</summary>
    public int UserId { get; init; }

    /// <summary>Whose they are. Null: not loaded.</summary>
    public User? User { get; init; }

    /// <summary>The kinds that are switched off.</summary>
    public NotificationKinds Off { get; init; }
}
