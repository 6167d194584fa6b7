using System.ComponentModel.DataAnnotations;
using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>Asks somebody who is signed in for the password or a passkey once more; see <see cref="ChecksIdentityAttribute"/>.</summary>
[Authorize]
public sealed class AgainModel(
    CurrentUser current, UserManager<User> users, Passkeys passkeys, AccountLimits limits, FlaskyDbContext db, TimeProvider time) : PageModel
{
    /// <summary>What was typed.</summary>
    [BindProperty, Display(Name = "Password"), Required(ErrorMessage = "Please enter your password.")]
    [StringLength(128, ErrorMessage = "A password has at most {1} characters.")]
    public string Password { get; set; } = "";

    /// <summary>Where to go afterwards; see <see cref="LoginModel.Next"/>.</summary>
    [BindProperty(Name = "next", SupportsGet = true)]
    public string? Next { get; set; }

    /// <summary>Whether a passkey was refused.</summary>
    public bool PasskeyFailed { get; private set; }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await limits.CheckAsync(current.User!.Id, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        if (!await users.CheckPasswordAsync(current.User, Password))
        {
            ModelState.AddModelError(nameof(Password), "This is not your password.");
            return Page();
        }
        await limits.CheckedAsync(current.User.Id, cancellationToken);
        return await GoOnAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(await passkeys.RequestOptionsAsync(current.User), "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync(string? credential, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (await passkeys.CheckAsync(credential, cancellationToken) is { } owner && owner.Id == current.User!.Id)
        {
            return await GoOnAsync(cancellationToken);
        }
        PasskeyFailed = true;
        return Page();
    }

    private async Task<IActionResult> GoOnAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await db.UserSessions.Where(session => session.Id == current.Session!.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(session => session.IdentityCheckedAt, now), cancellationToken);
        return this.ContinueTo(Next);
    }
}
