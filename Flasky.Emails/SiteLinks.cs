using Microsoft.Extensions.Options;

namespace Flasky.Emails;

/// <summary>The links that e-mails carry. Safe for concurrent use.</summary>
public sealed class SiteLinks(IOptions<SiteOptions> options)
{
    private readonly string root = options.Value.PublicBaseUrl!.AbsoluteUri.TrimEnd('/');

    /// <summary>Confirms an account when opened by its user.</summary>
    public Uri ConfirmAccount(string token) => new($"{root}/auth/confirm/{Uri.EscapeDataString(token)}");
}
