using Microsoft.AspNetCore.Identity;

namespace Flasky.Data.Users;

/// <summary>An account and its public profile.</summary>
public sealed class User : IdentityUser<int>
{
    /// <summary>Longest e-mail address, user name, name and location, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Longest <see cref="AboutMe"/>, in characters.</summary>
    public const int MaxAboutMeLength = 4000;

    /// <summary>What a user name may look like: an ASCII letter, then letters, digits, dots and underscores.</summary>
    public const string UserNamePattern = "^[A-Za-z][A-Za-z0-9_.]*$";

    /// <summary>The name to show beside the user name. Null: not told.</summary>
    public string? Name { get; set; }

    /// <summary>Null: not told.</summary>
    public string? Location { get; set; }

    /// <summary>Null: not told.</summary>
    public string? AboutMe { get; set; }

    /// <summary>The address that the user wants instead of the present one, until it is confirmed. Null: none.</summary>
    public string? PendingEmail { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset MemberSince { get; set; }

    /// <summary>The last request of the user, to the minute.</summary>
    public DateTimeOffset LastSeen { get; set; }
}
