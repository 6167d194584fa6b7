using Flasky.Data;
using Flasky.Data.Statements;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Home;

/// <summary>The start page: a form to write in, and the newest posts.</summary>
public sealed class IndexModel(CurrentUser current, FlaskyDbContext db, PostWriter writer, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>A new post.</summary>
    [BindProperty]
    public PostForm Input { get; set; } = new();

    /// <summary>The signed-in user. Null: a stranger.</summary>
    public User? Account => current.User;

    /// <summary>Whether the user gets the form.</summary>
    public bool MayWrite => current.Can(Permissions.Write);

    /// <summary>Whether only the user's own posts are shown and those of people the user follows.</summary>
    public bool FollowedOnly => FeedChoice.IsFollowed(Request, current);

    /// <summary>The posts.</summary>
    public Paged<PostView> Posts { get; private set; } = null!;

    /// <param name="page">Of the posts, from 1.</param>
    public Task OnGetAsync([FromQuery] int page, CancellationToken cancellationToken) => LoadAsync(page, cancellationToken);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!MayWrite)
        {
            return Account is null ? Challenge() : Forbid();
        }
        if (!ModelState.IsValid || Input.Action == PostAction.Preview)
        {
            await LoadAsync(1, cancellationToken);
            return Page();
        }
        var isDraft = Input.Action == PostAction.SaveDraft;
        await writer.WriteAsync(Account!.Id, Input.Body, Input.ParsedTags, isDraft, cancellationToken);
        Flash.Add(TempData, FlashKind.Success, isDraft ? "Your draft is saved. Only you can see it." : "Your post is published.");
        return Redirect(isDraft ? "/drafts" : "/");
    }

    private async Task LoadAsync(int page, CancellationToken cancellationToken) => Posts = FollowedOnly
        ? await db.ToTimelinePageAsync(Account!.Id, page, sizes.Value.Posts, cancellationToken)
        : await db.NewestPosts().Prepared().ToPageAsync(db, page, sizes.Value.Posts, cancellationToken);
}
