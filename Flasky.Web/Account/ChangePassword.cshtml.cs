using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Changes the password of somebody who knows the present one; this session goes on, all others end.</summary>
[Authorize]
public sealed class ChangePasswordModel(CurrentUser current, PasswordChange change, SignInManager<User> signIn, AccountLimits limits) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var user = current.User!;
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.CheckAsync(user.Id, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        var result = await change.ChangeAsync(user.Id, Input.PresentPassword, Input.Password, cancellationToken);
        if (!result.Succeeded)
        {
            ModelState.Add(result, $"{nameof(Input)}.{nameof(Form.PresentPassword)}");
            return Page();
        }
        await limits.CheckedAsync(user.Id, cancellationToken);
        await signIn.RefreshSignInAsync((await signIn.UserManager.FindByIdAsync($"{user.Id}"))!);
        Flash.Add(TempData, FlashKind.Success, "Your password is changed. You are logged out everywhere else.");
        return RedirectToPage("/Account/Settings");
    }

    /// <summary>Both passwords.</summary>
    public sealed class Form : NewPasswordForm
    {
        [Display(Name = "Present password"), Required(ErrorMessage = "Please enter your present password.")]
        [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
        public string PresentPassword { get; set; } = "";
    }
}
