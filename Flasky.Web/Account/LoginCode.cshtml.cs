using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>The second step of logging in: a code of the authenticator app, or a recovery code.</summary>
public sealed class LoginCodeModel(SignInManager<User> signIn, AuthenticatorApp app, AccountLimits limits) : PageModel
{
    /// <summary>What was typed.</summary>
    [BindProperty, Display(Name = "Code"), Required(ErrorMessage = "Please enter a code.")]
    [StringLength(32, ErrorMessage = "A code has at most {1} characters.")]
    public string Code { get; set; } = "";

    /// <summary>Where to go afterwards; see <see cref="LoginModel.Next"/>.</summary>
    [BindProperty(Name = "next", SupportsGet = true)]
    public string? Next { get; set; }

    /// <summary>Whether the session outlives the browser.</summary>
    [BindProperty(Name = "remember", SupportsGet = true)]
    public bool Remember { get; set; }

    public async Task<IActionResult> OnGetAsync() => await signIn.GetTwoFactorAuthenticationUserAsync() is null ? Restart() : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } user)
        {
            return Restart();
        }
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.CheckAsync(user.Id, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        if (!await SignInAsync(user, cancellationToken))
        {
            ModelState.AddModelError(nameof(Code), "This code is wrong, or was used before. A new one comes every 30 seconds.");
            return Page();
        }
        await limits.CheckedAsync(user.Id, cancellationToken);
        await limits.LoggedInAsync(user.Email!, cancellationToken);
        return this.ContinueTo(Next);
    }

    private async Task<bool> SignInAsync(User user, CancellationToken cancellationToken)
    {
        var digits = AuthenticatorApp.Digits(Code);
        if (digits.Length == 6 && digits.All(char.IsAsciiDigit))
        {
            return await app.IsFreshAsync(user, digits, cancellationToken)
                && (await signIn.TwoFactorAuthenticatorSignInAsync(digits, Remember, rememberClient: false)).Succeeded;
        }
        // Redeeming it takes it out of the list.
        return (await signIn.TwoFactorRecoveryCodeSignInAsync(Code.Trim())).Succeeded;
    }

    private RedirectToPageResult Restart()
    {
        Flash.Add(TempData, FlashKind.Note, "Please log in again: that took too long.");
        return RedirectToPage("/Account/Login", new { next = Next });
    }
}
