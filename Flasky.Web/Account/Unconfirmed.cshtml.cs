using Flasky.Data.Users;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>All that a user sees before the address is confirmed.</summary>
public sealed class UnconfirmedModel(CurrentUser current) : PageModel
{
    /// <summary>The user.</summary>
    public User Account => current.User!;

    public IActionResult OnGet() => current.User is { EmailConfirmed: false } ? Page() : RedirectToPage("/Home/Index");
}
