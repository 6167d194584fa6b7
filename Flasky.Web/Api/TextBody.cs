using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.Net.Http.Headers;

namespace Flasky.Web.Api;

/// <summary>What is sent to write or change a post, or to write a comment.</summary>
/// <param name="Body">The text. Null: it is not there.</param>
internal sealed record TextBody([property: Description("The text, in Markdown.")] string? Body)
{
    private const string Example = """{"body": "..."}""";

    /// <summary>Reads a request's body.</summary>
    /// <returns>What was sent, or the answer that says what is wrong with it.</returns>
    public static async Task<(TextBody? Sent, IResult? Refusal)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength == 0 || (request.ContentLength is null && request.Headers.TransferEncoding.Count == 0 && request.ContentType is null))
        {
            return (null, ApiError.BadRequest($"The request has no body. Send JSON: {Example}."));
        }
        if (!IsJson(request.ContentType))
        {
            return (null, ApiError.Of(StatusCodes.Status415UnsupportedMediaType, "Send JSON in UTF-8, with the header Content-Type: application/json."));
        }
        try
        {
            return await ParseAsync(request, context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, TooLarge());
        }
        catch (JsonException)
        {
            return (null, ApiError.BadRequest($"The body is not what is expected here. Send JSON: {Example}."));
        }
    }

    /// <summary>What is wrong with the text by the rules of the site's own form. Null: nothing.</summary>
    /// <param name="what">What it is the text of.</param>
    /// <param name="form">The form, filled in.</param>
    public IResult? Refuse(string what, object form)
    {
        if (string.IsNullOrWhiteSpace(Body))
        {
            return ApiError.BadRequest($"The {what} does not have a body. Send JSON: {Example}.");
        }
        var errors = new List<ValidationResult>();
        return Validator.TryValidateObject(form, new ValidationContext(form), errors, validateAllProperties: true)
            ? null
            : ApiError.BadRequest(errors[0].ErrorMessage!);
    }

    private static async Task<(TextBody?, IResult?)> ParseAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // The server has the same limit, but not every server knows the length before it has read it.
        var read = await request.BodyReader.ReadAtLeastAsync(ApiSetup.MaxBodyBytes + 1, cancellationToken);
        try
        {
            return read.Buffer.Length > ApiSetup.MaxBodyBytes ? (null, TooLarge())
                : read.Buffer.IsEmpty ? (null, ApiError.BadRequest($"The request has no body. Send JSON: {Example}."))
                : Parse(read.Buffer) is { } sent ? (sent, null)
                : throw new JsonException("The body is null.");
        }
        finally
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
        }

        static TextBody? Parse(System.Buffers.ReadOnlySequence<byte> json)
        {
            var reader = new Utf8JsonReader(json);
            var sent = JsonSerializer.Deserialize(ref reader, ApiJson.Readable.TextBody);
            // Whatever follows is no part of it.
            return reader.Read() ? throw new JsonException("More than one value.") : sent;
        }
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static IResult TooLarge() =>
        ApiError.Of(StatusCodes.Status413PayloadTooLarge, $"The body has more than {ApiSetup.MaxBodyBytes / 1024} KiB, which is more than any text that is taken here.");
}
