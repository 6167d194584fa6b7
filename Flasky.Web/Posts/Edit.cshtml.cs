using Flasky.Web.Layout;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Posts;

/// <summary>Changes a post, or a draft and publishes it.</summary>
[Authorize]
public sealed class EditModel(OwnPosts posts, PostWriter writer) : PageModel
{
    /// <summary>The text and tags.</summary>
    [BindProperty]
    public PostForm Input { get; set; } = new();

    /// <summary>The post's number.</summary>
    [BindProperty(SupportsGet = true)]
    public int Id { get; set; }

    /// <summary>Whether it is not published yet.</summary>
    public bool IsDraft { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        var (post, refusal) = await posts.FindAsync(Id, cancellationToken);
        if (post is null)
        {
            return refusal!;
        }
        IsDraft = post.IsDraft;
        Input = new PostForm { Body = post.Body, Tags = string.Join(", ", post.Tags) };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var (post, refusal) = await posts.FindAsync(Id, cancellationToken);
        if (post is null)
        {
            return refusal!;
        }
        IsDraft = post.IsDraft;
        if (!ModelState.IsValid || Input.Action == PostAction.Preview)
        {
            return Page();
        }
        if (!await writer.ChangeAsync(post, Input.Body, Input.ParsedTags, Input.Action == PostAction.SaveDraft, cancellationToken))
        {
            return NotFound();
        }
        Flash.Add(TempData, FlashKind.Success, (IsDraft, post.IsDraft) switch
        {
            (true, true) => "Your draft is saved. Only you can see it.",
            (true, false) => "Your post is published.",
            _ => "The post is changed.",
        });
        return Redirect($"/post/{Id}");
    }
}
