using Microsoft.Net.Http.Headers;

namespace Flasky.Web.Errors;

/// <summary>Decides between a page and JSON for an error.</summary>
internal static class ErrorFormat
{
    /// <summary>Under here are no pages, only the API.</summary>
    private static readonly PathString Api = "/api";

    /// <summary>
    /// Whether the request wants JSON: by what its Accept header prefers, and where it has no preference (as curl's
    /// <c>*/*</c>) by whether it is one to the API.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="path">The path that was asked for. Null: the request's.</param>
    public static bool IsJson(HttpRequest request, PathString? path = null)
    {
        var accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types) ? types : [];
        var (html, json) = (Quality(accepted, "text/html"), Quality(accepted, "application/json"));
        return html == json ? (path ?? request.Path).StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase) : json > html;
    }

    /// <summary>The quality of the most specific range that takes the type.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type)
    {
        var wanted = new MediaTypeHeaderValue(type);
        return accepted
            .Where(range => wanted.IsSubsetOf(range))
            .OrderBy(range => (range.MatchesAllTypes, range.MatchesAllSubTypes))
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
