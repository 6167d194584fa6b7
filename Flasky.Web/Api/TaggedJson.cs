using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace Flasky.Web.Api;

/// <summary>
/// JSON with an entity tag, which is made of all that the caller is shown: as long as nothing of it changes, a conditional GET is
/// answered by 304. The same tag, sent as If-Match, keeps a change from undoing another one.
/// </summary>
internal sealed class TaggedJson<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, string? location = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var (request, response) = (httpContext.Request, httpContext.Response);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var tag = EntityTag.Of(bytes);
        response.Headers.ETag = tag.ToString();
        // Another caller may see other things; and a browser asks again, with the tag.
        response.Headers.CacheControl = "private, no-cache";
        response.Headers.Append(HeaderNames.Vary, HeaderNames.Authorization);
        response.StatusCode = status;
        response.Headers.Location = location;
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (reads && EntityTag.Matches(request.GetTypedHeaders().IfNoneMatch, tag, strong: false))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = "application/json";
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>Makes and compares entity tags.</summary>
internal static class EntityTag
{
    // 128 bits of the hash: nobody finds two texts with the same one by chance, or gains anything by design.
    private const int Length = 16;

    /// <summary>The tag of what would be answered.</summary>
    public static EntityTagHeaderValue Of<T>(T value, JsonTypeInfo<T> type) => Of(JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static EntityTagHeaderValue Of(byte[] bytes) => new($"\"{Base64Url.EncodeToString(SHA256.HashData(bytes).AsSpan(0, Length))}\"");

    public static bool Matches(IList<EntityTagHeaderValue> listed, EntityTagHeaderValue tag, bool strong) =>
        listed.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, strong));

    /// <summary>Whether a request makes a change depend on a tag.</summary>
    public static bool IsConditional(HttpRequest request) =>
        request.Headers.ContainsKey(HeaderNames.IfMatch) || request.Headers.ContainsKey(HeaderNames.IfNoneMatch);

    /// <summary>The answer to a change whose condition does not hold. Null: it does, or there is none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="tag">The tag of what there is now.</param>
    public static IResult? Refuse(HttpRequest request, EntityTagHeaderValue tag)
    {
        RequestHeaders headers = request.GetTypedHeaders();
        var holds = (!request.Headers.ContainsKey(HeaderNames.IfMatch) || Matches(headers.IfMatch, tag, strong: true))
            && !Matches(headers.IfNoneMatch, tag, strong: false);
        return holds ? null : ApiError.Of(StatusCodes.Status412PreconditionFailed, "It was changed since you read it. Read it again, then send your change with its new ETag.");
    }
}
