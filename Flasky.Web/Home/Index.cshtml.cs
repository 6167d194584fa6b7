using Flasky.Data.Users;
using Flasky.Web.Account;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Home;

/// <summary>The start page.</summary>
public sealed class IndexModel(CurrentUser current) : PageModel
{
    /// <summary>The signed-in user. Null: a stranger.</summary>
    public User? Account => current.User;
}
