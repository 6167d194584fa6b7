using System.ComponentModel;
using Flasky.Data;
using Flasky.Web.Api.Documents;
using Flasky.Web.Api.Posts;
using Flasky.Web.Posts;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Users;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").WithTags("Users");
        api.MapRead("/users/{id:int}", ShowAsync).Describe<UserJson>("Read a user", "", 404);
        api.MapRead("/users/{id:int}/posts/", PostsAsync).Describe<PostListJson>("List the posts of a user", "Newest first.", 404);
        api.MapRead("/users/{id:int}/timeline/", TimelineAsync)
            .Describe<PostListJson>("List the posts that a user follows", "Those of everybody whom the user follows, and the user's own, newest first.", 404);
    }

    private static async Task<IResult> ShowAsync(int id, FlaskyDbContext db, CancellationToken cancellationToken)
    {
        var user = await db.Users.Where(user => user.Id == id)
            .Select(user => new
            {
                user.UserName,
                user.MemberSince,
                user.LastSeen,
                PostCount = db.Posts.Count(post => post.AuthorId == user.Id && !post.IsDraft),
            })
            .SingleOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return ApiError.NoUser(id);
        }
        var json = new UserJson(
            ApiPaths.User(id), user.UserName!, user.MemberSince.ToHttpDate(), user.LastSeen.ToHttpDate(), ApiPaths.PostsBy(id), ApiPaths.TimelineOf(id), user.PostCount);
        return new TaggedJson<UserJson>(json, ApiJson.Readable.UserJson);
    }

    private static async Task<IResult> PostsAsync(int id, HttpContext context, FlaskyDbContext db, [Description(ApiDocument.PageHelp)] PageNumber? page) =>
        await IsUserAsync(id, context, db) ? await db.PostsBy(id).ToPostListAsync(context, db, page, ApiPaths.PostsBy(id)) : ApiError.NoUser(id);

    private static async Task<IResult> TimelineAsync(int id, HttpContext context, FlaskyDbContext db, [Description(ApiDocument.PageHelp)] PageNumber? page) =>
        await IsUserAsync(id, context, db) ? await db.TimelineOf(id).ToPostListAsync(context, db, page, ApiPaths.TimelineOf(id)) : ApiError.NoUser(id);

    private static Task<bool> IsUserAsync(int id, HttpContext context, FlaskyDbContext db) => db.Users.AnyAsync(user => user.Id == id, context.RequestAborted);
}
