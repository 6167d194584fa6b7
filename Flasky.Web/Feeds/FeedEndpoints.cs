using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Flasky.Web.Users;
using Flasky.Web.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Feeds;

/// <summary>The feeds of the site, of a user and of a tag: the first page of what the pages show.</summary>
internal static class FeedEndpoints
{
    public static void MapFeeds(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/feed.atom", static (FlaskyDbContext db, HttpContext context) =>
            FeedAsync(context, db, db.NewestPosts(), "Flasky", "/"));

        endpoints.MapGet("/user/{name}/feed.atom", static async (string name, FlaskyDbContext db, HttpContext context) =>
            await db.UserNamed(name).Select(user => new { user.Id, user.UserName }).SingleOrDefaultAsync(context.RequestAborted) is { } user
                ? await FeedAsync(context, db, db.PostsBy(user.Id), $"{user.UserName} on Flasky", $"/user/{user.UserName}")
                : Results.NotFound());

        endpoints.MapGet("/tag/{tag}/feed.atom", static (string tag, FlaskyDbContext db, HttpContext context) =>
        {
            tag = PostTags.Normalize(PlainText.Clean(tag));
            return FeedAsync(context, db, db.PostsTagged(tag), $"#{tag} on Flasky", $"/tag/{Uri.EscapeDataString(tag)}");
        });
    }

    private static async Task<IResult> FeedAsync(HttpContext context, FlaskyDbContext db, IQueryable<Post> posts, string title, string path)
    {
        var services = context.RequestServices;
        var size = services.GetRequiredService<IOptions<PageSizes>>().Value.Posts;
        var entries = await posts.ToViews(db).Take(size).ToListAsync(context.RequestAborted);
        return Results.Bytes(Atom.Write(PublicAddress.Of(context), path, $"{path.TrimEnd('/')}/feed.atom", title, entries), Atom.ContentType);
    }
}
