using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Admin;

/// <summary>Changes anybody's account and profile.</summary>
[RequirePermission(Permissions.Administer)]
public sealed class EditUserModel(CurrentUser current, FlaskyDbContext db, AccountEditing editing) : PageModel
{
    /// <summary>The account.</summary>
    [BindProperty]
    public EditUserForm Input { get; set; } = new();

    /// <summary>The names of all roles.</summary>
    public IReadOnlyList<string> Roles { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellationToken)
    {
        if (await editing.ReadAsync(id, cancellationToken) is not { } form)
        {
            return NotFound();
        }
        Input = form;
        return await FormAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (id == current.User!.Id && Input.Role != Role.Administrator)
        {
            ModelState.AddModelError("Input.Role", "You cannot take the administrator's role from yourself.");
        }
        if (!ModelState.IsValid)
        {
            return await FormAsync(cancellationToken);
        }
        var result = await editing.SaveAsync(id, Input, cancellationToken);
        if (result is null)
        {
            return NotFound();
        }
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
            {
                ModelState.AddModelError(error.Code.Contains("Email", StringComparison.Ordinal) ? "Input.Email"
                    : error.Code.Contains("Role", StringComparison.Ordinal) ? "Input.Role" : "Input.UserName", error.Description);
            }
            return await FormAsync(cancellationToken);
        }
        Flash.Add(TempData, FlashKind.Success, $"{Input.UserName} is changed.");
        return RedirectToPage("/Users/Profile", new { name = Input.UserName });
    }

    private async Task<PageResult> FormAsync(CancellationToken cancellationToken)
    {
        Roles = await db.Roles.OrderBy(role => role.Permissions).Select(role => role.Name!).ToListAsync(cancellationToken);
        return Page();
    }
}
