using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Web.Layout;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Posts;

/// <summary>The posts with a tag.</summary>
public sealed class TaggedModel(FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>The tag.</summary>
    public string Tag { get; private set; } = "";

    /// <summary>A page of the posts.</summary>
    public Paged<PostView> Posts { get; private set; } = null!;

    /// <param name="page">From 1.</param>
    public async Task OnGetAsync(string tag, [FromQuery] int page, CancellationToken cancellationToken)
    {
        Tag = PostTags.Normalize(PlainText.Clean(tag));
        Posts = await db.PostsTagged(Tag).ToPageAsync(db, page, sizes.Value.Posts, cancellationToken);
    }
}
