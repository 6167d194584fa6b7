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
}
