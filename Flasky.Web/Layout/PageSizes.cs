using System.ComponentModel.DataAnnotations;

namespace Flasky.Web.Layout;

/// <summary>How many rows a page of a list has. Configuration section <c>Flasky:PageSize</c>; each from 1 to 200.</summary>
public sealed class PageSizes
{
    /// <summary>The section's path.</summary>
    public const string Section = "Flasky:PageSize";

    /// <summary>Posts. Default: 20.</summary>
    [Range(1, 200)]
    public int Posts { get; set; } = 20;

    /// <summary>Comments. Default: 30.</summary>
    [Range(1, 200)]
    public int Comments { get; set; } = 30;

    /// <summary>Followers, followed, and the administrator's list of users. Default: 50.</summary>
    [Range(1, 200)]
    public int Followers { get; set; } = 50;
}
