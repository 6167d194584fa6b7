using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Web.Writing;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>Writes and changes posts; whether the user may is the caller's to know.</summary>
public sealed class PostWriter(FlaskyDbContext db, TimeProvider time)
{
    /// <summary>Saves a new post, or a draft.</summary>
    public async Task<Post> WriteAsync(int authorId, string body, string[] tags, bool isDraft, CancellationToken cancellationToken)
    {
        var post = new Post { AuthorId = authorId, Body = body, BodyHtml = Markup.PostHtml(body), Tags = tags, IsDraft = isDraft, Timestamp = time.GetUtcNow() };
        db.Posts.Add(post);
        await db.SaveChangesAsync(cancellationToken);
        return post;
    }

    /// <summary>Saves another text of a post that this context tracks. A draft may be published by it; a post never becomes a draft again.</summary>
    /// <returns>False: somebody has deleted the post meanwhile.</returns>
    public async Task<bool> ChangeAsync(Post post, string body, string[] tags, bool isDraft, CancellationToken cancellationToken)
    {
        if (post.IsDraft)
        {
            post.IsDraft = isDraft;
            post.Timestamp = time.GetUtcNow();
        }
        else if (post.Body != body)
        {
            post.EditedAt = time.GetUtcNow();
        }
        post.Body = body;
        post.BodyHtml = Markup.PostHtml(body);
        post.Tags = tags;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Deletes a post with its comments. Doing it again changes nothing.</summary>
    public Task DeleteAsync(int id, CancellationToken cancellationToken) => db.Posts.Where(post => post.Id == id).ExecuteDeleteAsync(cancellationToken);
}
