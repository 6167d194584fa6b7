using Flasky.Data;
using Flasky.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Users;

/// <summary>Who follows a user, or whom the user follows.</summary>
public sealed class FollowsModel(FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>Whether those who follow are shown; else those who are followed.</summary>
    public bool Followers { get; private set; }

    /// <summary>The user.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>A page of the others, newest first.</summary>
    public Paged<Person> People { get; private set; } = null!;

    /// <param name="page">From 1.</param>
    public async Task<IActionResult> OnGetAsync(string direction, string name, [FromQuery] int page, CancellationToken cancellationToken)
    {
        if (await db.UserNamed(name).Select(user => new { user.Id, user.UserName }).SingleOrDefaultAsync(cancellationToken) is not { } user)
        {
            return NotFound();
        }
        (Followers, UserName) = (direction == "followers", user.UserName!);
        var people = Followers
            ? db.FollowersOf(user.Id).Select(follow => new Person(follow.FollowerId, follow.Follower!.UserName!, follow.Timestamp))
            : db.FollowedBy(user.Id).Select(follow => new Person(follow.FollowedId, follow.Followed!.UserName!, follow.Timestamp));
        People = await people.ToPageAsync(page, sizes.Value.Followers, cancellationToken);
        return Page();
    }

    /// <summary>A line of the table.</summary>
    public sealed record Person(int Id, string UserName, DateTimeOffset Since);
}
