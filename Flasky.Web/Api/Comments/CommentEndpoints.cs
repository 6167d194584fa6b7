using System.ComponentModel;
using Flasky.Data;
using Flasky.Data.Comments;
using Flasky.Data.Tokens;
using Flasky.Data.Users;
using Flasky.Web.Account;
using Flasky.Web.Api.Authentication;
using Flasky.Web.Api.Documents;
using Flasky.Web.Comments;
using Flasky.Web.Layout;
using Flasky.Web.Posts;
using Flasky.Web.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Api.Comments;

internal static class CommentEndpoints
{
    public static void MapComments(this IEndpointRouteBuilder api)
    {
        api = api.MapGroup("").WithTags("Comments");
        api.MapRead("/comments/", ListAsync).Describe<CommentListJson>("List comments", "On all posts, newest first.");
        api.MapRead("/comments/{id:int}", ShowAsync).Describe<CommentJson>("Read a comment", "", 404);
        api.MapDelete("/comments/{id:int}", DeleteAsync)
            .Describe("Delete a comment", "For its author, with the scope write, and for moderators, with the scope moderate.", 204, 404, 412);
        api.MapRead("/posts/{id:int}/comments/", ListOnPostAsync).Describe<CommentListJson>("List the comments on a post", "Oldest first.", 404);
        api.MapPost("/posts/{id:int}/comments/", WriteAsync).RequireScope(ApiScopes.Write).RequireAuthorization(new RequirePermissionAttribute(Permissions.Comment))
            .Takes<TextBody>().Describe<CommentJson>("Comment on a post", "The address of the comment is in the header Location.", 201, 400, 404, 413, 415);
    }

    private static Task<IResult> ListAsync(HttpContext context, FlaskyDbContext db, [Description(ApiDocument.PageHelp)] PageNumber? page) =>
        ToListAsync(db.NewestComments(), context, page, ApiPaths.Comments);

    private static async Task<IResult> ListOnPostAsync(int id, HttpContext context, FlaskyDbContext db, [Description(ApiDocument.PageHelp)] PageNumber? page) =>
        await db.PostFor(id, readerId: null).AnyAsync(context.RequestAborted)
            ? await ToListAsync(db.CommentsOn(id), context, page, ApiPaths.CommentsOn(id))
            : ApiError.NoPost(id);

    private static async Task<IResult> ShowAsync(int id, FlaskyDbContext db, CurrentUser current, CancellationToken cancellationToken) =>
        await FindAsync(db, id, current, cancellationToken) is { } comment
            ? new TaggedJson<CommentJson>(CommentJson.Of(comment), ApiJson.Readable.CommentJson)
            : ApiError.NoComment(id);

    private static async Task<IResult> WriteAsync(int id, HttpContext context, FlaskyDbContext db, CommentWriter writer, CurrentUser current)
    {
        var (sent, refusal) = await TextBody.ReadAsync(context);
        var form = new CommentForm { Body = sent?.Body ?? "" };
        if ((refusal ?? sent!.Refuse("comment", form)) is { } no)
        {
            return no;
        }
        if (!await db.PostFor(id, readerId: null).AnyAsync(context.RequestAborted)
            || await writer.WriteAsync(id, current.User!.Id, form.Body, context.RequestAborted) is not { } comment)
        {
            return ApiError.NoPost(id);
        }
        var json = new CommentJson(
            ApiPaths.Comment(comment.Id), ApiPaths.Post(id), comment.Body, comment.BodyHtml, comment.Timestamp.ToHttpDate(), ApiPaths.User(comment.AuthorId));
        return new TaggedJson<CommentJson>(json, ApiJson.Readable.CommentJson, StatusCodes.Status201Created, PublicAddress.Of(context) + json.Url);
    }

    private static Task<IResult> DeleteAsync(int id, HttpContext context, FlaskyDbContext db, CommentWriter writer, CurrentUser current) =>
        db.InTransactionAsync(async cancel =>
        {
            // Nobody can hide it while the condition is looked at.
            await db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Comments" WHERE "Id" = {id} FOR UPDATE""", cancel);
            if (await FindAsync(db, id, current, cancel) is not { } comment)
            {
                return ApiError.NoComment(id);
            }
            if (!current.Can(Permissions.Moderate) && !(comment.AuthorId == current.User!.Id && current.Can(Permissions.Comment)))
            {
                return ApiError.Forbidden();
            }
            if (EntityTag.Refuse(context.Request, EntityTag.Of(CommentJson.Of(comment), ApiJson.Readable.CommentJson)) is { } refusal)
            {
                return refusal;
            }
            await writer.DeleteAsync(id, cancel);
            return Results.NoContent();
        }, context.RequestAborted);

    private static async Task<IResult> ToListAsync(IQueryable<Comment> comments, HttpContext context, PageNumber? page, string path)
    {
        var services = context.RequestServices;
        var (size, current) = (services.GetRequiredService<IOptions<PageSizes>>().Value.Comments, services.GetRequiredService<CurrentUser>());
        var found = await comments.ToViews(current.Can(Permissions.Moderate)).ToApiPageAsync(page, size, path, context.RequestAborted);
        return new TaggedJson<CommentListJson>(CommentListJson.Of(found), ApiJson.Readable.CommentListJson);
    }

    private static Task<CommentView?> FindAsync(FlaskyDbContext db, int id, CurrentUser current, CancellationToken cancellationToken) =>
        db.Comments.Where(comment => comment.Id == id).ToViews(current.Can(Permissions.Moderate)).SingleOrDefaultAsync(cancellationToken);
}
