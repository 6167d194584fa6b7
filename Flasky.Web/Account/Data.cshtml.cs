using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>Gives users a copy of all that is known about them, and deletes their account.</summary>
[Authorize, ChecksIdentity]
public sealed class DataModel(CurrentUser current, IEnumerable<IPersonalData> parts, FlaskyDbContext db, SignInManager<User> signIn) : PageModel
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The user.</summary>
    public User Account => current.User!;

    /// <summary>Typed to be sure.</summary>
    [BindProperty, Display(Name = "Your user name"), Required(ErrorMessage = "Please type your user name.")]
    [StringLength(Flasky.Data.Users.User.MaxLength, ErrorMessage = "A user name has at most {1} characters.")]
    public string UserName { get; set; } = "";

    public async Task<IActionResult> OnPostExportAsync(CancellationToken cancellationToken)
    {
        var export = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            export.Add(part.Name, await part.ReadAsync(Account.Id, cancellationToken));
        }
        Response.Headers.CacheControl = "no-store";
        return File(JsonSerializer.SerializeToUtf8Bytes(export, Json), "application/json", $"flasky-{Account.UserName}.json");
    }

    public async Task<IActionResult> OnPostDeleteAsync(CancellationToken cancellationToken)
    {
        if (ModelState.IsValid && UserName != Account.UserName)
        {
            ModelState.AddModelError(nameof(UserName), "This is not your user name.");
        }
        if (!ModelState.IsValid)
        {
            return Page();
        }
        // Everything else that refers to the user goes with the row.
        await db.Users.Where(user => user.Id == Account.Id).ExecuteDeleteAsync(cancellationToken);
        await signIn.SignOutAsync();
        Flash.Add(TempData, FlashKind.Note, "Your account is deleted. Farewell!");
        return RedirectToPage("/Home/Index");
    }
}
