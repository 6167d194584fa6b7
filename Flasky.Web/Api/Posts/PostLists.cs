using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Api.Posts;

/// <summary>Answers with lists of posts.</summary>
internal static class PostLists
{
    public static async Task<IResult> ToPostListAsync(this IQueryable<Post> posts, HttpContext context, FlaskyDbContext db, PageNumber? page, string path)
    {
        var size = context.RequestServices.GetRequiredService<IOptions<PageSizes>>().Value.Posts;
        var found = await posts.ToViews(db).ToApiPageAsync(page, size, path, context.RequestAborted);
        return new TaggedJson<PostListJson>(PostListJson.Of(found), ApiJson.Readable.PostListJson);
    }
}
