using Microsoft.Extensions.Options;

namespace Flasky.Emails;

/// <summary>The links that e-mails carry. Safe for concurrent use.</summary>
public sealed class SiteLinks(IOptions<SiteOptions> options)
{
    private readonly string root = options.Value.PublicBaseUrl!.AbsoluteUri.TrimEnd('/');

    /// <summary>Confirms an account when opened by its user.</summary>
    public Uri ConfirmAccount(string token) => new($"{root}/auth/confirm/{Uri.EscapeDataString(token)}");

    /// <summary>Where a reset is asked for.</summary>
    public Uri RequestReset => new($"{root}/auth/reset");

    /// <summary>Where the owner of the token chooses a new password.</summary>
    public Uri ResetPassword(string token) => new($"{root}/auth/reset/{Uri.EscapeDataString(token)}");

    /// <summary>Makes the pending address the account's when opened by its user.</summary>
    public Uri ChangeEmail(string token) => new($"{root}/auth/change-email/{Uri.EscapeDataString(token)}");

    /// <summary>Where users see to their account.</summary>
    public Uri Account => new($"{root}/auth/account");

    /// <summary>A user's profile.</summary>
    public Uri Profile(string userName) => new($"{root}/user/{Uri.EscapeDataString(userName)}");

    /// <summary>A comment that was just written: on the last page of its post's.</summary>
    public Uri Comment(int postId, int id) => new($"{root}/post/{postId}?page=-1#comment-{id}");

    /// <summary>Where the token's user gets no more notifications of the token's kind.</summary>
    public Uri Unsubscribe(string token) => new($"{root}/unsubscribe/{Uri.EscapeDataString(token)}");
}
