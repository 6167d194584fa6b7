using System.ComponentModel;
using Flasky.Web.Posts;

namespace Flasky.Web.Api.Posts;

/// <summary>A post as the API shows it.</summary>
internal sealed record PostJson(
    [property: Description("The address of the post.")] string Url,
    [property: Description("The text, in Markdown.")] string Body,
    [property: Description("The text as safe HTML.")] string BodyHtml,
    [property: Description("When it was published, as an HTTP date.")] string Timestamp,
    [property: Description("The address of its author.")] string AuthorUrl,
    [property: Description("The address of its comments.")] string CommentsUrl,
    [property: Description("How many comments there are, hidden ones included.")] int CommentCount)
{
    public static PostJson Of(PostView post) => new(
        ApiPaths.Post(post.Id), post.Body, post.BodyHtml, post.Timestamp.ToHttpDate(), ApiPaths.User(post.AuthorId), ApiPaths.CommentsOn(post.Id), post.CommentCount);
}

/// <summary>A page of posts.</summary>
internal sealed record PostListJson(
    [property: Description("The posts of this page.")] IReadOnlyList<PostJson> Posts,
    [property: Description("The address of the page before; null on the first.")] string? Prev,
    [property: Description("The address of the page after; null on the last.")] string? Next,
    [property: Description("How many posts all pages have.")] int Count)
{
    public static PostListJson Of(ApiPage<PostView> page) => new([.. page.Items.Select(PostJson.Of)], page.Prev, page.Next, page.Count);
}
