using System.ComponentModel;

namespace Flasky.Web.Api.Users;

/// <summary>A user as the API shows one.</summary>
internal sealed record UserJson(
    [property: Description("The address of the user.")] string Url,
    [property: Description("The user name.")] string Username,
    [property: Description("When the account was made, as an HTTP date.")] string MemberSince,
    [property: Description("When the user was last on the site, as an HTTP date, to the minute.")] string LastSeen,
    [property: Description("The address of the user's posts.")] string PostsUrl,
    [property: Description("The address of the posts of those whom the user follows, and of the user's own.")] string FollowedPostsUrl,
    [property: Description("How many posts the user has published.")] int PostCount);
