using Flasky.Web.Errors;

namespace Flasky.Web.Api;

/// <summary>Errors that say more than their status does.</summary>
internal static class ApiError
{
    /// <param name="status">The status code, which decides the word for the error.</param>
    /// <param name="message">What to do about it.</param>
    public static IResult Of(int status, string message) =>
        Results.Json(ErrorBody.Of(status) with { Message = message }, ApiJson.Readable.ErrorBody, statusCode: status);

    public static IResult BadRequest(string message) => Of(StatusCodes.Status400BadRequest, message);

    /// <summary>What is said where neither is enough.</summary>
    public const string InsufficientPermissions = "Insufficient permissions: the role of the account, or what the token is for, does not allow that.";

    public static IResult Forbidden() => Of(StatusCodes.Status403Forbidden, InsufficientPermissions);

    public static IResult NoPost(int id) => Of(StatusCodes.Status404NotFound, $"There is no post {id}.");

    public static IResult NoComment(int id) => Of(StatusCodes.Status404NotFound, $"There is no comment {id}.");

    public static IResult NoUser(int id) => Of(StatusCodes.Status404NotFound, $"There is no user {id}.");
}
