using System.ComponentModel.DataAnnotations;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Registers a new user.</summary>
public sealed class RegisterModel(Registration registration, AccountLimits limits, EvenTime even) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? RedirectToPage("/Home/Index") : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.RegisterAsync(cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        var result = await registration.RegisterAsync(Input.Email, Input.UserName, Input.Password, cancellationToken);
        await even.WaitAsync(cancellationToken);
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
            {
                ModelState.AddModelError(Field(error), error.Description);
            }
            return Page();
        }
        Flash.Add(TempData, FlashKind.Success, $"Almost there: we are sending a link to {Input.Email}. Open it within the hour to confirm your account.");
        return RedirectToPage("/Account/Login");
    }

    private static string Field(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) or nameof(IdentityErrorDescriber.InvalidUserName) => $"{nameof(Input)}.{nameof(Form.UserName)}",
        nameof(IdentityErrorDescriber.InvalidEmail) => $"{nameof(Input)}.{nameof(Form.Email)}",
        _ => $"{nameof(Input)}.{nameof(Form.Password)}",
    };

    /// <summary>What a new user tells.</summary>
    public sealed class Form : NewPasswordForm
    {
        [Display(Name = "E-mail"), Required(ErrorMessage = "Please enter your e-mail address."), MailAddress]
        [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "An e-mail address has at most {1} characters here.")]
        public string Email { get; set => field = value?.Trim() ?? ""; } = "";

        [Display(Name = "User name"), Required(ErrorMessage = "Please choose a user name.")]
        [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "A user name has at most {1} characters.")]
        [RegularExpression(Flasky.Data.Users.User.UserNamePattern, ErrorMessage = "A user name starts with a letter, and has only letters, digits, dots and underscores.")]
        public string UserName { get; set => field = value?.Trim() ?? ""; } = "";
    }
}
