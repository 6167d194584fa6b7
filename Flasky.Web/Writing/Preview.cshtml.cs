using Flasky.Data.Posts;
using Flasky.Data.Users;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Writing;

/// <summary>Answers the editor's script with a text as it will look, made by the code that will make it.</summary>
[RequirePermission(Permissions.Write)]
public sealed class PreviewModel : PageModel
{
    public IActionResult OnGet() => RedirectToPage("/Home/Index");

    /// <param name="body">The text. Longer ones than a post's are cut off.</param>
    public ContentResult OnPost([FromForm] string? body)
    {
        Response.Headers.CacheControl = "no-store";
        return Content(Markup.PostHtml(PlainText.Cut(PlainText.Clean(body), Post.MaxBodyLength)), "text/html; charset=utf-8");
    }
}
