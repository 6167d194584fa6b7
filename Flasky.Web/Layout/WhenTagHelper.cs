using System.Globalization;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Flasky.Web.Layout;

/// <summary><c>&lt;when at="..." /&gt;</c> shows how long ago something was, with the moment itself in the title.</summary>
[HtmlTargetElement("when", Attributes = "at", TagStructure = TagStructure.WithoutEndTag)]
public sealed class WhenTagHelper(TimeProvider time) : TagHelper
{
    /// <summary>The moment.</summary>
    public DateTimeOffset At { get; set; }

    /// <inheritdoc/>
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var at = At.ToUniversalTime();
        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("datetime", at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        output.Attributes.SetAttribute("title", at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture));
        output.Content.Append(Relative(at, time.GetUtcNow()));
    }

    /// <summary>In words that stay true while the page is read; a date when it is more than a week.</summary>
    internal static string Relative(DateTimeOffset at, DateTimeOffset now) => (now - at) switch
    {
        { TotalMinutes: < 1 } => "just now",
        { TotalMinutes: < 2 } => "a minute ago",
        { TotalHours: < 1 } ago => $"{(int)ago.TotalMinutes} minutes ago",
        { TotalHours: < 2 } => "an hour ago",
        { TotalDays: < 1 } ago => $"{(int)ago.TotalHours} hours ago",
        { TotalDays: < 2 } => "yesterday",
        { TotalDays: < 7 } ago => $"{(int)ago.TotalDays} days ago",
        _ => at.ToString(at.Year == now.Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture),
    };
}
