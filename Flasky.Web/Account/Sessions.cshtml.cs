using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>Lists where a user is signed in, and ends one session or all.</summary>
[Authorize]
public sealed class SessionsModel(CurrentUser current, FlaskyDbContext db, SignInManager<User> signIn) : PageModel
{
    // More than anybody reads; the rest ends with "everywhere".
    private const int Shown = 100;

    /// <summary>The sessions, the last used first.</summary>
    public IReadOnlyList<UserSession> Sessions { get; private set; } = [];

    /// <summary>The session of this request.</summary>
    public Guid Present => current.Session!.Id;

    public async Task OnGetAsync(CancellationToken cancellationToken) => Sessions = await db.UserSessions.AsNoTracking()
        .Where(session => session.UserId == current.User!.Id)
        .OrderByDescending(session => session.LastUsedAt)
        .Take(Shown)
        .ToListAsync(cancellationToken);

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.UserSessions.Where(session => session.Id == id && session.UserId == current.User!.Id).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            Flash.Add(TempData, FlashKind.Success, "The session has ended.");
        }
        return RedirectToPage();
    }

    /// <summary>Changes the security stamp too, which everything that was ever issued to the user is bound to.</summary>
    public async Task<IActionResult> OnPostEndAllAsync(CancellationToken cancellationToken)
    {
        var user = current.User!;
        await signIn.UserManager.UpdateSecurityStampAsync(user);
        await db.UserSessions.Where(session => session.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await signIn.SignOutAsync();
        Flash.Add(TempData, FlashKind.Success, "You are logged out everywhere.");
        return RedirectToPage("/Account/Login");
    }
}
