using System.Globalization;

namespace Flasky.Web.Api;

/// <summary>Times as the API writes them, the way HTTP does: <c>Mon, 30 Nov 2026 19:56:27 GMT</c>.</summary>
internal static class HttpDate
{
    public static string ToHttpDate(this DateTimeOffset time) => time.ToString("R", CultureInfo.InvariantCulture);
}
