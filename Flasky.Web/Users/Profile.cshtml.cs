using Flasky.Data;
using Flasky.Data.Statements;
using Flasky.Web.Account;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Users;

/// <summary>A user's public page.</summary>
public sealed class ProfileModel(CurrentUser current, FlaskyDbContext db, IOptions<PageSizes> sizes) : PageModel
{
    /// <summary>The user.</summary>
    public ProfileView Person { get; private set; } = null!;

    /// <summary>The user's posts.</summary>
    public Paged<PostView> Posts { get; private set; } = null!;

    /// <param name="page">Of the posts, from 1.</param>
    public async Task<IActionResult> OnGetAsync(string name, [FromQuery] int page, CancellationToken cancellationToken)
    {
        if (await db.UserNamed(name).ToProfiles(db, current.User?.Id).Prepared().SingleOrDefaultAsync(cancellationToken) is not { } person)
        {
            return NotFound();
        }
        Person = person;
        Posts = await db.PostsBy(person.Id).Prepared().ToPageAsync(db, page, sizes.Value.Posts, cancellationToken);
        return Page();
    }
}
