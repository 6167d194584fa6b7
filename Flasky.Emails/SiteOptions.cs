namespace Flasky.Emails;

/// <summary>How the site is reached from outside. Configuration section <c>Flasky</c>.</summary>
public sealed class SiteOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Flasky";

    /// <summary>
    /// What every link starts with, for example <c>https://flasky.example.com</c>; may end with a path. Must be set:
    /// links are never built from what a request says its host is.
    /// </summary>
    public Uri? PublicBaseUrl { get; set; }

    /// <summary>What is said about a <see cref="PublicBaseUrl"/> that links cannot start with.</summary>
    public const string Refusal = $"{Section}:{nameof(PublicBaseUrl)} must be set to an absolute http or https address without query or fragment, such as 'https://flasky.example.com'.";

    /// <summary>Whether links can start with <see cref="PublicBaseUrl"/>.</summary>
    public bool IsValid =>
        PublicBaseUrl is { IsAbsoluteUri: true, Query: "", Fragment: "", UserInfo: "" }
        && (PublicBaseUrl.Scheme == Uri.UriSchemeHttp || PublicBaseUrl.Scheme == Uri.UriSchemeHttps);
}
