using Flasky.Data;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Comments;
using Flasky.Web.Layout;
using Flasky.Web.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Posts;

/// <summary>A post at its own address, with its comments.</summary>
public sealed class ShowModel(CurrentUser current, FlaskyDbContext db, CommentWriter writer, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>Stands for the last page of comments.</summary>
    private const int LastPage = -1;

    /// <summary>A new comment.</summary>
    [BindProperty]
    public CommentForm Input { get; set; } = new();

    /// <summary>The post.</summary>
    public PostView Post { get; private set; } = null!;

    /// <summary>A page of its comments, oldest first.</summary>
    public Paged<CommentView> Comments { get; private set; } = null!;

    /// <summary>The beginning of its text, for the window's title.</summary>
    public string Excerpt => PlainText.Shorten(Post.Body.ReplaceLineEndings(" "), 60);

    /// <param name="page">Of the comments, from 1; -1 is the last.</param>
    public async Task<IActionResult> OnGetAsync(int id, [FromQuery] int page, CancellationToken cancellationToken) =>
        await LoadAsync(id, page, cancellationToken) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(int id, CancellationToken cancellationToken)
    {
        if (!current.Can(Permissions.Comment))
        {
            return current.User is null ? Challenge() : Forbid();
        }
        if (!await LoadAsync(id, LastPage, cancellationToken) || Post.IsDraft)
        {
            return NotFound();
        }
        if (!ModelState.IsValid)
        {
            return Page();
        }
        if (await writer.WriteAsync(id, current.User!.Id, Input.Body, cancellationToken) is null)
        {
            return NotFound();
        }
        Flash.Add(TempData, FlashKind.Success, "Your comment is published.");
        return Redirect($"/post/{id}?page={LastPage}#comments");
    }

    private async Task<bool> LoadAsync(int id, int page, CancellationToken cancellationToken)
    {
        if (await db.PostFor(id, current.User?.Id).ToViews(db).SingleOrDefaultAsync(cancellationToken) is not { } post)
        {
            return false;
        }
        Post = post;
        var number = page == LastPage ? PagedQueries.LastPage(post.CommentCount, sizes.Value.Comments) : page;
        Comments = await db.CommentsOn(id).ToViews(current.Can(Permissions.Moderate)).ToPageAsync(number, sizes.Value.Comments, cancellationToken, deepest: int.MaxValue);
        return true;
    }
}
