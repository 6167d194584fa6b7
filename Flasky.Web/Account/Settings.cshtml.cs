using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Account;

/// <summary>Everything that users can do about their account, at a glance.</summary>
[Authorize]
public sealed class SettingsModel(CurrentUser current, FlaskyDbContext db) : PageModel
{
    /// <summary>The user.</summary>
    public User Account => current.User!;

    /// <summary>How many passkeys there are.</summary>
    public int Passkeys { get; private set; }

    /// <summary>On how many devices the user is signed in.</summary>
    public int Sessions { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Passkeys = await db.Set<IdentityUserPasskey<int>>().CountAsync(passkey => passkey.UserId == Account.Id, cancellationToken);
        Sessions = await db.UserSessions.CountAsync(session => session.UserId == Account.Id, cancellationToken);
    }
}
