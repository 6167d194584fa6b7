using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>Sends the confirmation mail again.</summary>
[Authorize]
public sealed class ResendModel(CurrentUser current, FlaskyDbContext db, IJobQueue jobs, AccountLimits limits) : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Account/Unconfirmed");

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var user = current.User!;
        if (user.EmailConfirmed)
        {
            return RedirectToPage("/Home/Index");
        }
        if (await limits.MailAsync(user.Email!, cancellationToken) is { } wait)
        {
            return new LimitedResult(wait);
        }
        db.Enqueue(jobs, new ConfirmAccount(user.Id));
        await db.SaveChangesAsync(cancellationToken);
        Flash.Add(TempData, FlashKind.Success, $"A new confirmation link is on its way to {user.Email}.");
        return RedirectToPage("/Account/Unconfirmed");
    }
}
