using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Posts;

/// <summary>The lists of posts, for pages, feeds and the API alike. Each is published posts, newest first, unless it says otherwise.</summary>
internal static class PostQueries
{
    /// <summary>A search ranks the newest so many of the posts that fit: to rank all that have a frequent word would mean to read them all.</summary>
    public const int MostFound = 200;

    /// <summary>Everybody's.</summary>
    public static IQueryable<Post> NewestPosts(this FlaskyDbContext db) => db.Posts.Where(post => !post.IsDraft).NewestFirst();

    /// <summary>One author's.</summary>
    public static IQueryable<Post> PostsBy(this FlaskyDbContext db, int authorId) => db.NewestPosts().Where(post => post.AuthorId == authorId);

    /// <summary>A user's own and those of everybody whom the user follows. To read the beginning of it, <see cref="Timeline.NewestOf"/> is better.</summary>
    public static IQueryable<Post> TimelineOf(this FlaskyDbContext db, int userId) => db.NewestPosts().Where(post => post.AuthorId == userId
        || db.Follows.Any(follow => follow.FollowerId == userId && follow.FollowedId == post.AuthorId));

    /// <summary>Those with a tag.</summary>
    /// <param name="tag">As <see cref="PostTags.Normalize"/> spells it.</param>
    public static IQueryable<Post> PostsTagged(this FlaskyDbContext db, string tag) => db.NewestPosts().Where(post => post.Tags.Contains(tag));

    /// <summary>The newest <see cref="MostFound"/> of those that fit a search, the best ones first. The words are read as search engines do: "phrase", or, -without.</summary>
    public static IQueryable<Post> PostsMatching(this FlaskyDbContext db, string words)
    {
        // Both readings of the words, as the index has both of the text.
        return db.NewestPosts()
            .Select(post => new { Post = post, Query = EF.Functions.WebSearchToTsQuery("english", words).Or(EF.Functions.WebSearchToTsQuery("simple", words)) })
            .Where(found => found.Post.SearchVector.Matches(found.Query))
            .Take(MostFound)
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

    /// <summary>Reads a page of what is shown of posts. Those before it are counted in the index alone, where there is one in the list's order.</summary>
    /// <param name="posts">Newest first.</param>
    /// <param name="number">From 1; what is below is the first page.</param>
    /// <param name="size">Posts a page.</param>
    public static Task<Paged<PostView>> ToPageAsync(this IQueryable<Post> posts, FlaskyDbContext db, int number, int size, CancellationToken cancellationToken) =>
        PagedQueries.ReadAsync(number, size, (skipped, taken) => skipped == 0 ? posts.ToViews(db).Take(taken) : posts.PageAfter(db, skipped, taken), cancellationToken);

    internal static IQueryable<PostView> PageAfter(this IQueryable<Post> posts, FlaskyDbContext db, int skipped, int taken)
    {
        var ids = posts.Select(post => post.Id).Skip(skipped).Take(taken);
        return db.Posts.Where(post => ids.Contains(post.Id)).NewestFirst().ToViews(db);
    }

    internal static IOrderedQueryable<Post> NewestFirst(this IQueryable<Post> posts) => posts.OrderByDescending(post => post.Timestamp).ThenByDescending(post => post.Id);
}
