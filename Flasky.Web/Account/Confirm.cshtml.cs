using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>
/// Where the mailed link leads. Whoever is not signed in logs in first and comes back, on whatever device the mail was
/// opened; <see cref="AccountConfirmation"/> says why.
/// </summary>
[Authorize]
public sealed class ConfirmModel(CurrentUser current, AccountConfirmation confirmation, SignInManager<User> signIn) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellationToken)
    {
        var user = current.User!;
        switch (await confirmation.ConfirmAsync(user, token, cancellationToken))
        {
            case Confirmation.Confirmed:
                // The cookie holds the roles, which may have changed.
                await signIn.RefreshSignInAsync(user);
                Flash.Add(TempData, FlashKind.Success, "You have confirmed your account. Thanks!");
                break;
            case Confirmation.AlreadyConfirmed:
                Flash.Add(TempData, FlashKind.Note, "Your account is confirmed already.");
                break;
            default:
                Flash.Add(TempData, FlashKind.Problem, "This confirmation link is not yours, or it has expired.");
                break;
        }
        return RedirectToPage("/Home/Index");
    }
}
