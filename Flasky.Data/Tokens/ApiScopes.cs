namespace Flasky.Data.Tokens;

/// <summary>What an API token may be used for, within what its owner's role allows; stored as its number, so a bit never changes its meaning.</summary>
[Flags]
public enum ApiScopes
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read posts, comments and users.</summary>
    Read = 1,

    /// <summary>Write posts and comments; change and delete one's own.</summary>
    Write = 2,

    /// <summary>What moderators and administrators may do with what others wrote.</summary>
    Moderate = 4,

    /// <summary>All of it, as the password allows.</summary>
    All = Read | Write | Moderate,
}
