using Flasky.Data;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Users;

/// <summary>Changes the user's own profile.</summary>
[Authorize]
public sealed class EditProfileModel(CurrentUser current, FlaskyDbContext db) : PageModel
{
    /// <summary>The profile.</summary>
    [BindProperty]
    public ProfileForm Input { get; set; } = new();

    public void OnGet() => Input.ReadFrom(current.User!);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
        {
            return Page();
        }
        // The stamp guards Identity's own updates, which write every column, against undoing this one.
        var version = Guid.NewGuid().ToString();
        await db.Users.Where(user => user.Id == current.User!.Id).ExecuteUpdateAsync(set => set
            .SetProperty(user => user.Name, Input.Name)
            .SetProperty(user => user.Location, Input.Location)
            .SetProperty(user => user.AboutMe, Input.AboutMe)
            .SetProperty(user => user.ConcurrencyStamp, version), cancellationToken);
        Flash.Add(TempData, FlashKind.Success, "Your profile is changed.");
        return RedirectToPage("/Users/Profile", new { name = current.User!.UserName });
    }
}
