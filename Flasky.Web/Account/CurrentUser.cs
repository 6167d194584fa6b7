using Flasky.Data.Users;

namespace Flasky.Web.Account;

/// <summary>Who makes this request, as the database has it now; the cookie may be older.</summary>
public sealed class CurrentUser
{
    /// <summary>Null: nobody is signed in.</summary>
    public User? User { get; internal set; }
}
