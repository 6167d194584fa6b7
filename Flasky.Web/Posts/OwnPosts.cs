using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>Finds a post for somebody who wants to change it: its author, or an administrator once it is published.</summary>
public sealed class OwnPosts(FlaskyDbContext db, CurrentUser current)
{
    /// <summary>Whether the present user may change this post.</summary>
    public bool MayChange(Post post) => post.AuthorId == current.User?.Id || (!post.IsDraft && current.Can(Permissions.Administer));

    /// <summary>The post, tracked. Null: the answer beside it says why not, where a stranger's draft is as good as none.</summary>
    public async Task<(Post? Post, IActionResult? Refusal)> FindAsync(int id, CancellationToken cancellationToken)
    {
        var post = await db.PostFor(id, current.User?.Id).SingleOrDefaultAsync(cancellationToken);
        return post is null ? (null, new NotFoundResult())
            : MayChange(post) ? (post, null)
            : (null, new ForbidResult());
    }
}
