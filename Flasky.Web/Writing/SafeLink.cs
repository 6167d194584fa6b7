namespace Flasky.Web.Writing;

/// <summary>Decides where a link in a text may lead.</summary>
internal static class SafeLink
{
    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    /// <summary>The address in its canonical form. Null: it is not a whole http, https or mailto address.</summary>
    public static string? Of(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme)
            ? uri.AbsoluteUri
            : null;
}
