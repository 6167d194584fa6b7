using Flasky.Data;
using Flasky.Data.Statements;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Posts;

/// <summary>A user's own drafts.</summary>
[RequirePermission(Permissions.Write)]
public sealed class DraftsModel(CurrentUser current, FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>The drafts.</summary>
    public Paged<PostView> Posts { get; private set; } = null!;

    /// <param name="page">From 1.</param>
    public async Task OnGetAsync([FromQuery] int page, CancellationToken cancellationToken) =>
        Posts = await db.DraftsOf(current.User!.Id).Prepared().ToPageAsync(db, page, sizes.Value.Posts, cancellationToken);
}
