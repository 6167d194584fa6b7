using Flasky.Data;
using Flasky.Data.Posts;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>The lists of posts, for pages, feeds and the API alike. Each is published posts, newest first, unless it says otherwise.</summary>
internal static class PostQueries
{
    /// <summary>Everybody's.</summary>
    public static IQueryable<Post> NewestPosts(this FlaskyDbContext db) => db.Posts.Where(post => !post.IsDraft).NewestFirst();

    /// <summary>One author's.</summary>
    public static IQueryable<Post> PostsBy(this FlaskyDbContext db, int authorId) => db.NewestPosts().Where(post => post.AuthorId == authorId);

    /// <summary>A user's own and those of everybody whom the user follows.</summary>
    public static IQueryable<Post> TimelineOf(this FlaskyDbContext db, int userId) => db.NewestPosts().Where(post => post.AuthorId == userId
        || db.Follows.Any(follow => follow.FollowerId == userId && follow.FollowedId == post.AuthorId));

    /// <summary>Those with a tag.</summary>
    /// <param name="tag">As <see cref="PostTags.Normalize"/> spells it.</param>
    public static IQueryable<Post> PostsTagged(this FlaskyDbContext db, string tag) => db.NewestPosts().Where(post => post.Tags.Contains(tag));

    /// <summary>Those that fit a search, the best ones first. The words are read as search engines do: "phrase", or, -without.</summary>
    public static IQueryable<Post> PostsMatching(this FlaskyDbContext db, string words)
    {
        // Both readings of the words, as the index has both of the text.
        return db.Posts.Where(post => !post.IsDraft)
            .Select(post => new { Post = post, Query = EF.Functions.WebSearchToTsQuery("english", words).Or(EF.Functions.WebSearchToTsQuery("simple", words)) })
            .Where(found => found.Post.SearchVector.Matches(found.Query))
            .OrderByDescending(found => found.Post.SearchVector.Rank(found.Query))
            .ThenByDescending(found => found.Post.Timestamp).ThenByDescending(found => found.Post.Id)
            .Select(found => found.Post);
    }

    /// <summary>An author's drafts, the last saved first.</summary>
    public static IQueryable<Post> DraftsOf(this FlaskyDbContext db, int authorId) => db.Posts.Where(post => post.AuthorId == authorId && post.IsDraft).NewestFirst();

    /// <summary>One post, if it may be read: a draft only by its author.</summary>
    /// <param name="readerId">Null: a stranger.</param>
    public static IQueryable<Post> PostFor(this FlaskyDbContext db, int id, int? readerId) => db.Posts.Where(post => post.Id == id && (!post.IsDraft || post.AuthorId == readerId));

    /// <summary>Reads what is shown of posts.</summary>
    public static IQueryable<PostView> ToViews(this IQueryable<Post> posts, FlaskyDbContext db) => posts.Select(post => new PostView
    {
        Id = post.Id,
        Body = post.Body,
        BodyHtml = post.BodyHtml,
        Timestamp = post.Timestamp,
        EditedAt = post.EditedAt,
        IsDraft = post.IsDraft,
        Tags = post.Tags,
        AuthorId = post.AuthorId,
        AuthorName = post.Author!.UserName!,
        CommentCount = db.Comments.Count(comment => comment.PostId == post.Id),
    });

    private static IOrderedQueryable<Post> NewestFirst(this IQueryable<Post> posts) => posts.OrderByDescending(post => post.Timestamp).ThenByDescending(post => post.Id);
}
