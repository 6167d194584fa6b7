using Flasky.Emails;
using Microsoft.Extensions.Options;

namespace Flasky.Web.Layout;

/// <summary>What whole addresses of this site start with, for those who read them elsewhere.</summary>
internal static class PublicAddress
{
    /// <summary>As configured; where nobody has said, as the reader's request did. Without a slash at the end.</summary>
    public static string Of(HttpContext context)
    {
        var site = context.RequestServices.GetRequiredService<IOptions<SiteOptions>>().Value;
        return (site.PublicBaseUrl?.AbsoluteUri ?? $"{context.Request.Scheme}://{context.Request.Host}").TrimEnd('/');
    }
}
