using Flasky.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Where the mailed link to reset a password leads.</summary>
public sealed class NewPasswordModel(PasswordChange change) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public NewPasswordForm Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancellationToken) =>
        await change.CanResetAsync(token, cancellationToken) ? Page() : Refuse();

    public async Task<IActionResult> OnPostAsync(string token, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        switch (await change.ResetAsync(token, Input.Password, cancellationToken))
        {
            case null:
                return Refuse();
            case { Succeeded: false } refused:
                ModelState.Add(refused);
                return Page();
            default:
                Flash.Add(TempData, FlashKind.Success, "Your password is changed, and every session has ended. Log in with the new one.");
                return RedirectToPage("/Account/Login");
        }
    }

    private RedirectToPageResult Refuse()
    {
        Flash.Add(TempData, FlashKind.Problem, "This link was used, or has expired. Please ask for a new one.");
        return RedirectToPage("/Account/Reset");
    }
}
