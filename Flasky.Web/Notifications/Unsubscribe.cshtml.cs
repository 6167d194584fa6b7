using Flasky.Data.Notifications;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Notifications;

/// <summary>
/// Where a mail's link leads, and where mail programs post to by themselves (RFC 8058): neither signs in. The token is all the right that
/// it takes and gives, so there is nothing that a foreign page could borrow, and no antiforgery. Opening the link changes nothing, because
/// scanners of mails open links.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(UnsubscribeTokens tokens, NotificationChoices choices) : PageModel
{
    /// <summary>What the link is about, as a sentence goes on. Null: the link is not one of ours.</summary>
    public string? About { get; private set; }

    /// <summary>Whether it is switched off now.</summary>
    public bool IsDone { get; private set; }

    public IActionResult OnGet([FromRoute] string token) => Find(token) is null ? Unknown() : Page();

    public async Task<IActionResult> OnPostAsync([FromRoute] string token, CancellationToken cancellationToken)
    {
        if (Find(token) is not { } found)
        {
            return Unknown();
        }
        await choices.SwitchOffAsync(found.UserId, found.Kind, cancellationToken);
        IsDone = true;
        return Page();
    }

    private (int UserId, NotificationKinds Kind)? Find(string token)
    {
        var found = tokens.Read(token);
        About = found?.Kind switch
        {
            NotificationKinds.NewFollower => "new followers",
            NotificationKinds.NewComment => "comments on your posts",
            NotificationKinds.Reply => "comments after yours",
            _ => null,
        };
        return found;
    }

    private PageResult Unknown()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return Page();
    }
}
