using Flasky.Data;
using Flasky.Web.Account;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>A user's posts and drafts with their tags.</summary>
internal sealed class PostData(FlaskyDbContext db) : IPersonalData
{
    public string Name => "posts";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken) =>
        await db.Posts.Where(post => post.AuthorId == userId).OrderBy(post => post.Timestamp).ThenBy(post => post.Id)
            .Select(post => new { post.Id, post.Body, post.Tags, post.IsDraft, post.Timestamp, post.EditedAt }).ToListAsync(cancellationToken);
}
