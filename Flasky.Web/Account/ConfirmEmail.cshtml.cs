using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Where the link in the mail to a new address leads. Whoever is not signed in logs in first and comes back.</summary>
[Authorize]
public sealed class ConfirmEmailModel(CurrentUser current, EmailChange change, SignInManager<User> signIn, FlaskyDbContext db) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellationToken)
    {
        var user = current.User!;
        if (await change.ConfirmAsync(user, token, cancellationToken))
        {
            await db.Entry(user).ReloadAsync(cancellationToken);
            await signIn.RefreshSignInAsync(user);
            Flash.Add(TempData, FlashKind.Success, $"Your e-mail address is {user.Email} now. You are logged out everywhere else.");
        }
        else
        {
            Flash.Add(TempData, FlashKind.Problem, "This link is not yours, was used, or has expired.");
        }
        return RedirectToPage("/Account/Settings");
    }
}
