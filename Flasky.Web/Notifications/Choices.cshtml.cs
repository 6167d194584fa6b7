using Flasky.Data.Notifications;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Flasky.Web.Notifications;

/// <summary>Lets users choose what they are told by mail.</summary>
[Authorize]
public sealed class ChoicesModel(CurrentUser current, NotificationChoices choices) : PageModel
{
    /// <summary>The user.</summary>
    public User Account => current.User!;

    /// <summary>Whether a new follower is told of.</summary>
    [BindProperty]
    public bool NewFollower { get; set; }

    /// <summary>Whether comments on the user's posts are told of.</summary>
    [BindProperty]
    public bool NewComment { get; set; }

    /// <summary>Whether comments after the user's are told of.</summary>
    [BindProperty]
    public bool Reply { get; set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var off = await choices.FindOffAsync(Account.Id, cancellationToken);
        (NewFollower, NewComment, Reply) =
            (!off.HasFlag(NotificationKinds.NewFollower), !off.HasFlag(NotificationKinds.NewComment), !off.HasFlag(NotificationKinds.Reply));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var off = (NewFollower ? NotificationKinds.None : NotificationKinds.NewFollower)
            | (NewComment ? NotificationKinds.None : NotificationKinds.NewComment)
            | (Reply ? NotificationKinds.None : NotificationKinds.Reply);
        await choices.SaveAsync(Account.Id, off, cancellationToken);
        Flash.Add(TempData, FlashKind.Success, "Your choice is saved.");
        return RedirectToPage();
    }
}
