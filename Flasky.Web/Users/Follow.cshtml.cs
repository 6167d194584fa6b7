using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Users;

/// <summary>Begins or ends following a user, by POST only.</summary>
[RequirePermission(Permissions.Follow)]
public sealed class FollowModel(CurrentUser current, FlaskyDbContext db, Following following) : PageModel
{
    public IActionResult OnGet(string name) => RedirectToPage("/Users/Profile", new { name });

    public async Task<IActionResult> OnPostAsync(string decision, string name, CancellationToken cancellationToken)
    {
        var me = current.User!.Id;
        if (await db.UserNamed(name).Select(user => new { user.Id, user.UserName }).SingleOrDefaultAsync(cancellationToken) is not { } other)
        {
            return NotFound();
        }
        var (kind, text) = (decision, other.Id == me) switch
        {
            (_, true) => (FlashKind.Problem, "You cannot follow yourself; your own posts are among those you follow anyway."),
            ("follow", _) => await following.FollowAsync(me, other.Id, cancellationToken)
                ? (FlashKind.Success, $"You follow {other.UserName} now.")
                : (FlashKind.Note, $"You follow {other.UserName} already."),
            _ => await following.UnfollowAsync(me, other.Id, cancellationToken)
                ? (FlashKind.Success, $"You do not follow {other.UserName} any more.")
                : (FlashKind.Note, $"You do not follow {other.UserName}."),
        };
        Flash.Add(TempData, kind, text);
        return RedirectToPage("/Users/Profile", new { name = other.UserName });
    }
}
