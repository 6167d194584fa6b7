using Flasky.Data;
using Flasky.Web.Account;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Comments;

/// <summary>A user's comments; also those that a moderator has hidden, since it is the user's own text.</summary>
internal sealed class CommentData(FlaskyDbContext db) : IPersonalData
{
    public string Name => "comments";

    public async Task<object> ReadAsync(int userId, CancellationToken cancellationToken) =>
        await db.Comments.Where(comment => comment.AuthorId == userId).OrderBy(comment => comment.Timestamp).ThenBy(comment => comment.Id)
            .Select(comment => new { comment.Id, comment.PostId, comment.Body, comment.IsDisabled, comment.Timestamp }).ToListAsync(cancellationToken);
}
