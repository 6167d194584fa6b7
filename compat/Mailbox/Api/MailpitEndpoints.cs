using System.Text.Json;
using Flasky.Mailbox.Mime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Flasky.Mailbox.Api;

/// <summary>The part of MailPit's REST API (v1) that tests use, so that one test runs against either.</summary>
internal static class MailpitEndpoints
{
    // MailPit writes its names as they are declared, and reads them in any case.
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    public static void MapMailpitApi(this WebApplication app, MailboxServices services)
    {
        var store = services.Store;
        app.MapGet("/livez", () => Results.Text("ok"));
        app.MapGet("/readyz", () => Results.Text("ok"));
        app.MapGet("/api/v1/info", () => Results.Json(MailpitInfo.Of(store), Json));

        app.MapGet("/api/v1/messages", (int? start, int? limit) =>
            Results.Json(MailpitList.Of(store.Snapshot(), null, start, limit), Json));
        app.MapGet("/api/v1/search", (string? query, int? start, int? limit) => string.IsNullOrWhiteSpace(query)
            ? Results.Text("Error: no search query", statusCode: StatusCodes.Status400BadRequest)
            : Results.Json(MailpitList.Of(store.Snapshot(), query, start, limit), Json));
        app.MapDelete("/api/v1/messages", async (HttpRequest request) =>
        {
            var ids = await ReadIdsAsync(request);
            if (ids.Length == 0) store.DeleteAll();
            else store.Delete(ids);
            return Results.Text("ok");
        });

        app.MapGet("/api/v1/message/{id}", (string id) => With(id, message =>
        {
            message.MarkRead();
            store.Touch();
            return Results.Json(MailpitMessage.Of(message), Json);
        }));
        app.MapGet("/api/v1/message/{id}/headers", (string id) => With(id, message => Results.Json(Headers(message), Json)));
        app.MapGet("/api/v1/message/{id}/raw", (string id, string? dl) => With(id, message => dl == "1"
            ? Results.File(message.Source.ToArray(), "message/rfc822", $"{message.Id}.eml")
            : Results.Bytes(message.Source, "text/plain; charset=utf-8")));
        app.MapGet("/api/v1/message/{id}/part/{partId}", (HttpContext context, string id, string partId) => With(id, message =>
            message.Content.Root.Leaves().FirstOrDefault(part => part.Id == partId) is { } part ? Part(context, part) : NotFound()));

        IResult With(string id, Func<ReceivedMessage, IResult> show) => store.FindOrLatest(id) is { } message ? show(message) : NotFound();
    }

    private static IResult NotFound() => Results.Text("404 page not found", statusCode: StatusCodes.Status404NotFound);

    private static SortedDictionary<string, List<string>> Headers(ReceivedMessage message)
    {
        var headers = new SortedDictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in message.Content.Root.Headers)
        {
            if (!headers.TryGetValue(name, out var values)) headers[name] = values = [];
            values.Add(value);
        }
        return headers;
    }

    // Always a download: an attachment in HTML must not run on this page's origin.
    private static IResult Part(HttpContext context, MimePart part)
    {
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        var type = MediaTypeHeaderValue.TryParse(part.MediaType, out var parsed) ? parsed.ToString() : "application/octet-stream";
        return Results.File(part.Decode(), type, part.DisplayName);
    }

    // MailPit takes a body it cannot read, or none, for "all".
    private static async Task<string[]> ReadIdsAsync(HttpRequest request)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<DeleteRequest>(request.Body, Json, request.HttpContext.RequestAborted);
            return body?.IDs ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private sealed record DeleteRequest(string[]? IDs);
}
