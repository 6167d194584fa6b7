using System.ComponentModel;
using Flasky.Data;
using Flasky.Data.Posts;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Flasky.Web.Api.Documents;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Flasky.Web.Security;
using Flasky.Web.Writing;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Web.Api.Posts;

/// <summary>Published posts. Drafts are the site's: here there are none.</summary>
internal static class PostEndpoints
{
    public static void MapPosts(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").WithTags("Posts");
        api.MapRead("/posts/", ListAsync).Describe<PostListJson>("List posts", "Everybody's posts, newest first.");
        api.MapRead("/posts/{id:int}", ShowAsync).Describe<PostJson>("Read a post", "", 404);
        api.MapPost("/posts/", WriteAsync).RequireScope(ApiScopes.Write).RequireAuthorization(new RequirePermissionAttribute(Permissions.Write))
            .Takes<TextBody>().Describe<PostJson>("Write a post", "It is published at once; its address is in the header Location.", 201, 400, 413, 415);
        api.MapPut("/posts/{id:int}", ChangeAsync).RequireScope(ApiScopes.Write).RequireAuthorization(new RequirePermissionAttribute(Permissions.Write))
            .Takes<TextBody>().Describe<PostJson>("Change a post",
                "For its author, and for administrators. With the header If-Match only if nobody has changed it since; without a body in the JSON it stays as it is.", 400, 404, 412, 413, 415);
        api.MapDelete("/posts/{id:int}", DeleteAsync).RequireScope(ApiScopes.Write).RequireAuthorization(new RequirePermissionAttribute(Permissions.Write))
            .Describe("Delete a post", "With its comments; for its author, and for administrators.", 204, 404, 412);
    }

    private static Task<IResult> ListAsync(HttpContext context, FlaskyDbContext db, [Description(ApiDocument.PageHelp)] PageNumber? page) =>
        db.NewestPosts().ToPostListAsync(context, db, page, ApiPaths.Posts);

    private static async Task<IResult> ShowAsync(int id, FlaskyDbContext db, CancellationToken cancellationToken) =>
        await FindAsync(db, id, cancellationToken) is { } post ? new TaggedJson<PostJson>(post, ApiJson.Readable.PostJson) : ApiError.NoPost(id);

    private static async Task<IResult> WriteAsync(HttpContext context, PostWriter writer, CurrentUser current)
    {
        var (sent, refusal) = await TextBody.ReadAsync(context);
        var form = new PostForm { Body = sent?.Body ?? "" };
        if ((refusal ?? sent!.Refuse("post", form)) is { } no)
        {
            return no;
        }
        var post = await writer.WriteAsync(current.User!.Id, form.Body, [], isDraft: false, context.RequestAborted);
        var json = new PostJson(
            ApiPaths.Post(post.Id), post.Body, post.BodyHtml, post.Timestamp.ToHttpDate(), ApiPaths.User(post.AuthorId), ApiPaths.CommentsOn(post.Id), CommentCount: 0);
        return new TaggedJson<PostJson>(json, ApiJson.Readable.PostJson, StatusCodes.Status201Created, PublicAddress.Of(context) + json.Url);
    }

    private static async Task<IResult> ChangeAsync(int id, HttpContext context, FlaskyDbContext db, PostWriter writer, OwnPosts own)
    {
        var (sent, refusal) = await TextBody.ReadAsync(context);
        var form = new PostForm { Body = sent?.Body ?? "" };
        if (refusal is not null || (sent!.Body is not null && (refusal = sent.Refuse("post", form)) is not null))
        {
            return refusal;
        }
        return await ForOwnerAsync(id, context, db, own, async (post, json, cancel) =>
        {
            if (sent.Body is not null && !await writer.ChangeAsync(post, form.Body, post.Tags, isDraft: false, cancel))
            {
                return ApiError.NoPost(id);
            }
            return new TaggedJson<PostJson>(json with { Body = post.Body, BodyHtml = post.BodyHtml }, ApiJson.Readable.PostJson);
        });
    }

    private static Task<IResult> DeleteAsync(int id, HttpContext context, FlaskyDbContext db, PostWriter writer, OwnPosts own) =>
        ForOwnerAsync(id, context, db, own, async (_, _, cancel) =>
        {
            await writer.DeleteAsync(id, cancel);
            return Results.NoContent();
        });

    /// <summary>Does something with a post that nobody else can change meanwhile, if the caller may and the conditions hold.</summary>
    private static Task<IResult> ForOwnerAsync(
        int id, HttpContext context, FlaskyDbContext db, OwnPosts own, Func<Post, PostJson, CancellationToken, Task<IResult>> act) =>
        db.InTransactionAsync(async cancel =>
        {
            // New comments, which refer to the row, need not wait.
            var locked = await db.Posts.FromSql($"""SELECT * FROM "Posts" WHERE "Id" = {id} AND NOT "IsDraft" FOR NO KEY UPDATE""").ToListAsync(cancel);
            if (locked is not [var post] || await FindAsync(db, id, cancel) is not { } json)
            {
                return ApiError.NoPost(id);
            }
            return !own.MayChange(post) ? ApiError.Forbidden()
                : EntityTag.Refuse(context.Request, EntityTag.Of(json, ApiJson.Readable.PostJson))
                ?? await act(post, json, cancel);
        }, context.RequestAborted);

    private static async Task<PostJson?> FindAsync(FlaskyDbContext db, int id, CancellationToken cancellationToken) =>
        await db.PostFor(id, readerId: null).ToViews(db).SingleOrDefaultAsync(cancellationToken) is { } post ? PostJson.Of(post) : null;
}
