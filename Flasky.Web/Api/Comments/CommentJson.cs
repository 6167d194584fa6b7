using System.ComponentModel;
using Flasky.Web.Comments;

namespace Flasky.Web.Api.Comments;

/// <summary>A comment as the API shows it. Text that a moderator has hidden is empty, which no other is: clients expect a text here.</summary>
internal sealed record CommentJson(
    [property: Description("The address of the comment.")] string Url,
    [property: Description("The address of the post.")] string PostUrl,
    [property: Description("The text, in Markdown. Empty: a moderator has hidden it, and the caller is none.")] string Body,
    [property: Description("The text as safe HTML. Empty like the text.")] string BodyHtml,
    [property: Description("When it was written, as an HTTP date.")] string Timestamp,
    [property: Description("The address of its author.")] string AuthorUrl)
{
    public static CommentJson Of(CommentView comment) => new(
        ApiPaths.Comment(comment.Id), ApiPaths.Post(comment.PostId), comment.Body ?? "", comment.BodyHtml ?? "", comment.Timestamp.ToHttpDate(), ApiPaths.User(comment.AuthorId));
}

/// <summary>A page of comments.</summary>
internal sealed record CommentListJson(
    [property: Description("The comments of this page.")] IReadOnlyList<CommentJson> Comments,
    [property: Description("The address of the page before; null on the first.")] string? Prev,
    [property: Description("The address of the page after; null on the last.")] string? Next,
    [property: Description("How many comments all pages have.")] int Count)
{
    public static CommentListJson Of(ApiPage<CommentView> page) => new([.. page.Items.Select(CommentJson.Of)], page.Prev, page.Next, page.Count);
}
