using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Signs a user in, by e-mail address and password or by passkey.</summary>
public sealed class LoginModel(SignInManager<User> signIn, Passkeys passkeys, AccountLimits limits, EvenTime even) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    /// <summary>Where to go afterwards. Null, or anything but a path of this site: the home page.</summary>
    [BindProperty(Name = "next", SupportsGet = true)]
    public string? Next { get; set; }

    /// <summary>Whether the form was refused.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether a passkey was refused.</summary>
    public bool PasskeyFailed { get; private set; }

    /// <summary>Whether the user came by a confirmation link.</summary>
    public bool Confirms => Next?.StartsWith("/auth/confirm/", StringComparison.Ordinal) == true;

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? this.ContinueTo(Next) : Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.LoginAsync(Input.Email, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        var result = await CheckPasswordAsync();
        if (result.RequiresTwoFactor)
        {
            return RedirectToPage("/Account/LoginCode", new { next = Next, remember = Input.RememberMe });
        }
        if (!result.Succeeded)
        {
            Failed = true;
            await even.WaitAsync(cancellationToken);
            return Page();
        }
        await limits.LoggedInAsync(Input.Email, cancellationToken);
        return this.ContinueTo(Next);
    }

    /// <summary>What a browser needs to show a passkey, of whoever sits before it.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.RequestOptionsAsync(), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (await passkeys.CheckAsync(credential, cancellationToken) is not { } user)
        {
            PasskeyFailed = true;
            return Page();
        }
        await signIn.SignInAsync(user, isPersistent: false);
        return this.ContinueTo(Next);
    }

    private async Task<Microsoft.AspNetCore.Identity.SignInResult> CheckPasswordAsync()
    {
        if (await signIn.UserManager.FindByEmailAsync(Input.Email) is { } user)
        {
            // AccountLimits has counted the try.
            return await signIn.PasswordSignInAsync(user, Input.Password, Input.RememberMe, lockoutOnFailure: false);
        }
        // Takes the time that checking a password takes, so that the answer does not tell who is a member.
        signIn.UserManager.PasswordHasher.HashPassword(new User(), Input.Password);
        return Microsoft.AspNetCore.Identity.SignInResult.Failed;
    }

    /// <summary>What shows who somebody is.</summary>
    public sealed class Form
    {
        [Display(Name = "E-mail"), Required(ErrorMessage = "Please enter your e-mail address.")]
        [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "An e-mail address has at most {1} characters here.")]
        public string Email { get; set => field = value?.Trim() ?? ""; } = "";

        [Display(Name = "Password"), Required(ErrorMessage = "Please enter your password.")]
        [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
        public string Password { get; set; } = "";

        [Display(Name = "Keep me logged in")]
        public bool RememberMe { get; set; }
    }
}
