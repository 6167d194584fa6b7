using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Signs a user in by e-mail address and password.</summary>
public sealed class LoginModel(SignInManager<User> signIn) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    /// <summary>Where to go afterwards. Null, or anything but a path of this site: the home page.</summary>
    [BindProperty(Name = "next", SupportsGet = true)]
    public string? Next { get; set; }

    /// <summary>Whether the form was refused.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether the user came by a confirmation link.</summary>
    public bool Confirms => Next?.StartsWith("/auth/confirm/", StringComparison.Ordinal) == true;

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? Continue() : Page();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await signIn.UserManager.FindByEmailAsync(Input.Email) is not { } user)
        {
            // Takes the time that checking a password takes, so that the answer does not tell who is a member.
            signIn.UserManager.PasswordHasher.HashPassword(new User(), Input.Password);
            Failed = true;
            return Page();
        }
        var result = await signIn.PasswordSignInAsync(user, Input.Password, Input.RememberMe, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            Failed = true;
            return Page();
        }
        return Continue();
    }

    private LocalRedirectResult Continue() => LocalRedirect(Url.IsLocalUrl(Next) ? Next : "/");

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
