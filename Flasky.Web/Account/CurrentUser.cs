using Flasky.Data.Users;

namespace Flasky.Web.Account;

/// <summary>Who makes this request, as the database has it now; the cookie may be older.</summary>
public sealed class CurrentUser
{
    /// <summary>Null: nobody is signed in.</summary>
    public User? User { get; internal set; }

    /// <summary>Where the user is signed in. Null: nobody is.</summary>
    public UserSession? Session { get; internal set; }

    /// <summary>What the user's role allows. Nothing for strangers.</summary>
    public Permissions Permissions { get; internal set; }

    /// <summary>Whether the user has every one of these permissions.</summary>
    public bool Can(Permissions permissions) => User is not null && Permissions.HasFlag(permissions);
}
