using System.ComponentModel.DataAnnotations;
using Flasky.Data;
using Flasky.Data.Outbox;
using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Account;

/// <summary>
/// Asks for a link to choose another password. It answers before anybody has looked whether the address has an account:
/// the worker does.
/// </summary>
public sealed class ResetModel(FlaskyDbContext db, IJobQueue jobs, AccountLimits limits) : PageModel
{
    /// <summary>The form.</summary>
    [BindProperty]
    public Form Input { get; set; } = new();

    public IActionResult OnGet() => User.Identity?.IsAuthenticated == true ? RedirectToPage("/Account/ChangePassword") : Page();

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
        db.Enqueue(jobs, new ResetPassword(Input.Email));
        await db.SaveChangesAsync(cancellationToken);
        Flash.Add(TempData, FlashKind.Note, $"If {Input.Email} has an account here, a link is on its way there. It works for an hour.");
        return RedirectToPage("/Account/Login");
    }

    /// <summary>Whose password it is.</summary>
    public sealed class Form
    {
        [Display(Name = "E-mail"), Required(ErrorMessage = "Please enter your e-mail address."), MailAddress]
        [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "An e-mail address has at most {1} characters here.")]
        public string Email { get; set => field = value?.Trim() ?? ""; } = "";
    }
}
