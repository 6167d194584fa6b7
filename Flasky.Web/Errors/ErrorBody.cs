using System.Text.Json.Serialization;

namespace Flasky.Web.Errors;

/// <summary>An error as clients of the API read it.</summary>
/// <param name="Error">What kind it is; of the same status always the same words.</param>
/// <param name="Message">What to do about it, for people.</param>
public sealed record ErrorBody(string Error, string Message)
{
    /// <summary>The body for a status code.</summary>
    public static ErrorBody Of(int status) => status switch
    {
        400 => new("bad request", "The request could not be read."),
        401 => new("unauthorized", "Please log in, or send your credentials."),
        403 => new("forbidden", "Your account is not allowed to do this."),
        404 => new("not found", "There is nothing at this address."),
        405 => new("method not allowed", "This address does not take this method."),
        412 => new("precondition failed", "It was changed since you read it."),
        413 => new("content too large", "The body is larger than this address takes."),
        415 => new("unsupported media type", "This address does not take this type of body."),
        429 => new("too many requests", "Please wait as long as Retry-After says."),
        >= 500 => new("internal server error", "It is our fault, not yours. Please try again in a moment."),
        _ => new("bad request", "The request could not be answered."),
    };
}

/// <summary>Writes it without reflection.</summary>
[JsonSerializable(typeof(ErrorBody))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ErrorJson : JsonSerializerContext;
