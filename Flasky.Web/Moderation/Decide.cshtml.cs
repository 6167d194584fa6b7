using Flasky.Data.Users;
using Flasky.Web.Comments;
using Flasky.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Moderation;

/// <summary>Hides a comment or shows it again, by POST only, and goes back to where the moderator was.</summary>
[RequirePermission(Permissions.Moderate)]
public sealed class DecideModel(CommentWriter comments) : PageModel
{
    public IActionResult OnGet() => Redirect("/moderate");

    /// <param name="next">The page to go back to. Null, or anything but a path of this site: all comments.</param>
    public async Task<IActionResult> OnPostAsync(string decision, int id, [FromQuery] string? next, CancellationToken cancellationToken)
    {
        if (!await comments.SetDisabledAsync(id, decision == "disable", cancellationToken))
        {
            return NotFound();
        }
        return LocalRedirect($"{(Url.IsLocalUrl(next) ? next : "/moderate")}#comment-{id}");
    }
}
