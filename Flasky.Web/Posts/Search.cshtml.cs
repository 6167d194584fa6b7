using Flasky.Data;
using Flasky.Web.Layout;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Posts;

/// <summary>Finds posts by their words.</summary>
public sealed class SearchModel(FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>The longest search, in characters; the rest is cut off.</summary>
    public const int MaxLength = 200;

    /// <summary>What is looked for. Null: nothing yet.</summary>
    public string? Words { get; private set; }

    /// <summary>A page of what was found, the best first. Null: nothing was looked for.</summary>
    public Paged<PostView>? Posts { get; private set; }

    /// <param name="page">From 1.</param>
    public async Task OnGetAsync([FromQuery] string? q, [FromQuery] int page, CancellationToken cancellationToken)
    {
        Words = PlainText.CleanOrNull(PlainText.Cut(q ?? "", MaxLength));
        if (Words is not null)
        {
            Posts = await db.PostsMatching(Words).ToViews(db).ToPageAsync(page, sizes.Value.Posts, cancellationToken);
        }
    }
}
