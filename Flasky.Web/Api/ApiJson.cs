using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Flasky.Web.Api.Comments;
using Flasky.Web.Api.Posts;
using Flasky.Web.Api.Tokens;
using Flasky.Web.Api.Users;
using Flasky.Web.Errors;

namespace Flasky.Web.Api;

/// <summary>Everything that the API reads and writes, without reflection.</summary>
[JsonSerializable(typeof(PostJson))]
[JsonSerializable(typeof(PostListJson))]
[JsonSerializable(typeof(CommentJson))]
[JsonSerializable(typeof(CommentListJson))]
[JsonSerializable(typeof(UserJson))]
[JsonSerializable(typeof(TokenJson))]
[JsonSerializable(typeof(TextBody))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Writes letters as they are: what is sent as JSON, and never sniffed, needs no escapes for HTML.</summary>
    public static ApiJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
