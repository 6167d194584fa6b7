using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Asks for another e-mail address.</summary>
[Authorize, ChecksIdentity]
public sealed class ChangeEmailModel(CurrentUser current, EmailChange change, AccountLimits limits) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    /// <summary>The user.</summary>
    public User Account => current.User!;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.MailAsync(Input.Email, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        await change.RequestAsync(Account, Input.Email, cancellationToken);
        Flash.Add(TempData, FlashKind.Note, $"If {Input.Email} can be your address, a link is on its way there. Open it within the hour.");
        return RedirectToPage("/Account/Settings");
    }

    /// <summary>The address that the user wants.</summary>
    public sealed class Form
    {
        [Display(Name = "New e-mail address"), Required(ErrorMessage = "Please enter the new e-mail address."), MailAddress]
        [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "An e-mail address has at most {1} characters here.")]
        public string Email { get; set => field = value?.Trim() ?? ""; } = "";
    }
}
