namespace Flasky.Web.Api;

/// <summary>The addresses that answers refer to.</summary>
internal static class ApiPaths
{
    public const string Root = "/api/v1";

    public const string Posts = $"{Root}/posts/";

    public const string Comments = $"{Root}/comments/";

    public static string Post(int id) => $"{Posts}{id}";

    public static string CommentsOn(int postId) => $"{Posts}{postId}/comments/";

    public static string Comment(int id) => $"{Comments}{id}";

    public static string User(int id) => $"{Root}/users/{id}";

    public static string PostsBy(int userId) => $"{User(userId)}/posts/";

    public static string TimelineOf(int userId) => $"{User(userId)}/timeline/";
}
