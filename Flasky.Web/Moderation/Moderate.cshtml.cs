using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Comments;
using Flasky.Web.Layout;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Moderation;

/// <summary>All comments, for those who may hide and show them.</summary>
[RequirePermission(Permissions.Moderate)]
public sealed class ModerateModel(FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>A page of them, newest first.</summary>
    public Paged<CommentView> Comments { get; private set; } = null!;

    /// <param name="page">From 1.</param>
    public async Task OnGetAsync([FromQuery] int page, CancellationToken cancellationToken) =>
        Comments = await db.NewestComments().ToViews(seesHidden: true).ToPageAsync(page, sizes.Value.Comments, cancellationToken);
}
