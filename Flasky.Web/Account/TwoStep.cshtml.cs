using System.ComponentModel.DataAnnotations;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Switches two-step login on and off. Both change the security stamp, so other sessions end.</summary>
[Authorize, ChecksIdentity]
public sealed class TwoStepModel(CurrentUser current, AuthenticatorApp app, AccountLimits limits, SignInManager<User> signIn) : PageModel
{
    /// <summary>The user.</summary>
    public User Account => current.User!;

    /// <summary>What an app scans. Null: setting up has not begun.</summary>
    public Uri? Setup { get; private set; }

    /// <summary>How many recovery codes are left.</summary>
    public int CodesLeft { get; private set; }

    /// <summary>The recovery codes that were just made. Empty: none were.</summary>
    public IReadOnlyList<string> NewCodes { get; private set; } = [];

    /// <summary>The app's first code.</summary>
    [BindProperty, Display(Name = "Code"), Required(ErrorMessage = "Please enter the code that the app shows.")]
    [StringLength(16, ErrorMessage = "A code has six digits.")]
    public string Code { get; set; } = "";

    public async Task OnGetAsync()
    {
        Setup = await app.FindSetupAsync(Account);
        CodesLeft = Account.TwoFactorEnabled ? await app.CountCodesAsync(Account) : 0;
    }

    public async Task<IActionResult> OnPostBeginAsync()
    {
        if (!Account.TwoFactorEnabled)
        {
            await app.BeginAsync(Account);
            await signIn.RefreshSignInAsync(Account);
        }
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEnableAsync(CancellationToken cancellationToken)
    {
        await OnGetAsync();
        if (!ModelState.IsValid || Setup is null || Account.TwoFactorEnabled)
        {
            return Page();
        }
        if (await limits.CheckAsync(Account.Id, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        if (await app.EnableAsync(Account, Code, cancellationToken) is not { } codes)
        {
            ModelState.AddModelError(nameof(Code), "This is not the code that the app should show now. Is the phone's clock right?");
            return Page();
        }
        return await ShowAsync(codes);
    }

    public async Task<IActionResult> OnPostCodesAsync() =>
        Account.TwoFactorEnabled ? await ShowAsync(await app.RenewCodesAsync(Account)) : RedirectToPage();

    public async Task<IActionResult> OnPostDisableAsync()
    {
        await app.DisableAsync(Account);
        await signIn.RefreshSignInAsync(Account);
        Flash.Add(TempData, FlashKind.Note, "Two-step login is off.");
        return RedirectToPage("/Account/Settings");
    }

    private async Task<IActionResult> ShowAsync(IReadOnlyList<string> codes)
    {
        await signIn.RefreshSignInAsync(Account);
        NewCodes = codes;
        // Nobody who goes back in this browser shall see them again.
        Response.Headers.CacheControl = "no-store";
        return Page();
    }
}
