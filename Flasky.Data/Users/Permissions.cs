namespace Flasky.Data.Users;

/// <summary>What a role allows; stored as its number, so a bit never changes its meaning.</summary>
[Flags]
public enum Permissions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Follow other users.</summary>
    Follow = 1,

    /// <summary>Comment on posts.</summary>
    Comment = 2,

    /// <summary>Write posts.</summary>
    Write = 4,

    /// <summary>Hide and show the comments of others.</summary>
    Moderate = 8,

    /// <summary>Everything, on every account.</summary>
    Administer = 16,
}
