using Markdig;
using Markdig.Extensions.AutoLinks;

namespace Flasky.Web.Writing;

/// <summary>
/// Makes safe HTML of Markdown. Nothing is filtered out of HTML afterwards: <see cref="SafeHtml"/> can only write the elements
/// that are allowed, so what a writer types has no way into the page as anything else. Safe for concurrent use.
/// </summary>
public static class Markup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UseAutoLinks(new AutoLinkOptions { AllowDomainWithoutPeriod = true })
        .Build();

    /// <summary>A post's text with paragraphs, headings, lists, quotes and code.</summary>
    public static string PostHtml(string markdown) => Html(markdown, inlineOnly: false);

    /// <summary>A comment's text: its lines stay lines, but only emphasis, code and links have elements.</summary>
    public static string CommentHtml(string markdown) => Html(markdown, inlineOnly: true);

    private static string Html(string markdown, bool inlineOnly)
    {
        var html = new SafeHtml(inlineOnly);
        try
        {
            html.Write(Markdig.Markdown.Parse(markdown, Pipeline));
        }
        // Thrown for text that is nested deeper than anybody means it.
        catch (ArgumentException)
        {
            html = new SafeHtml(inlineOnly);
            html.WritePlain(markdown);
        }
        return html.ToString();
    }
}
