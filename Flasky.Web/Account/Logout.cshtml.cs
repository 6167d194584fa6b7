using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Signs out; by POST only, so that no link or image on another page can.</summary>
public sealed class LogoutModel(SignInManager<User> signIn) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Home/Index");

    public async Task<IActionResult> OnPostAsync()
    {
        await signIn.SignOutAsync();
        Flash.Add(TempData, FlashKind.Note, "You are logged out.");
        return RedirectToPage("/Home/Index");
    }
}
