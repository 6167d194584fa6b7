using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Posts;

/// <summary>Asks once more, then deletes a post.</summary>
[Authorize]
public sealed class DeleteModel(OwnPosts posts, PostWriter writer) : PageModel
{
    /// <summary>The post's number.</summary>
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) => (await posts.FindAsync(Id, cancellationToken)).Refusal ?? Page();

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (post, refusal) = await posts.FindAsync(Id, cancellationToken);
        if (post is null)
        {
            return refusal!;
        }
        await writer.DeleteAsync(Id, cancellationToken);
        Flash.Add(TempData, FlashKind.Success, post.IsDraft ? "The draft is deleted." : "The post is deleted.");
        return Redirect("/");
    }
}
