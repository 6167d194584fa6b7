using Microsoft.AspNetCore.Identity;

namespace Flasky.Data.Users;

/// <summary>A named set of permissions.</summary>
public sealed class Role : IdentityRole<int>
{
    /// <summary>The role of every new user.</summary>
    public const string User = "User";

    /// <summary>May also moderate comments.</summary>
    public const string Moderator = "Moderator";

    /// <summary>May do everything.</summary>
    public const string Administrator = "Administrator";

    /// <summary>What members of the role may do.</summary>
    public Permissions Permissions { get; set; }

    /// <summary>True for the one role that new users get.</summary>
    public bool IsDefault { get; set; }
}
