using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Admin;

/// <summary>All accounts, for administrators.</summary>
[RequirePermission(Permissions.Administer)]
public sealed class UsersModel(FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>A part of a user name or address. Null: everybody.</summary>
    public string? Query { get; private set; }

    /// <summary>A page of the accounts, newest first.</summary>
    public Paged<AccountView> Users { get; private set; } = null!;

    /// <param name="page">From 1.</param>
    public async Task OnGetAsync([FromQuery] string? q, [FromQuery] int page, CancellationToken cancellationToken)
    {
        Query = PlainText.CleanOrNull(q);
        Users = await db.Accounts(Query).ToPageAsync(page, sizes.Value.Followers, cancellationToken);
    }
}
