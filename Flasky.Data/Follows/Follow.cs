using Flasky.Data.Users;

namespace Flasky.Data.Follows;

/// <summary>That one user follows another; never oneself, which the database sees to. Gone with either of them.</summary>
public sealed class Follow
{
    /// <summary>Who follows.</summary>
    public int FollowerId { get; init; }

    /// <summary>Who follows. Null: not loaded.</summary>
    public User? Follower { get; init; }

    /// <summary>Who is followed.</summary>
    public int FollowedId { get; init; }

    /// <summary>Who is followed. Null: not loaded.</summary>
    public User? Followed { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Timestamp { get; init; }
}
