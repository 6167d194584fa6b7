using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Flasky.Web.Writing;

/// <summary>
/// Writes a Markdown document with no other elements than <c>a blockquote code em li ol p pre strong ul h1 h2 h3</c>, or, for
/// comments, <c>a code em strong</c>. What has no element here is written as its text.
/// </summary>
internal sealed class SafeHtml(bool inlineOnly)
{
    private readonly StringBuilder html = new();
    private bool insideLink;

    public override string ToString() => html.ToString().Trim();

    public void Write(MarkdownDocument document) => Blocks(document);

    /// <summary>Writes text that is not Markdown.</summary>
    public void WritePlain(string text) => Line("p", () => Text(text));

    private void Blocks(ContainerBlock blocks)
    {
        foreach (var block in blocks)
        {
            Block(block);
        }
    }

    private void Block(Block block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                Line(heading.Level <= 3 ? $"h{heading.Level}" : "p", () => Inlines(heading.Inline));
                break;
            case CodeBlock code:
                Line("pre", () => Element("code", () => Text(code.Lines.ToString())));
                break;
            case ListBlock list:
                Line(list.IsOrdered ? "ol" : "ul", () => Blocks(list));
                break;
            case ListItemBlock item:
                html.Append(inlineOnly ? "– " : "");
                Line("li", () => Blocks(item));
                break;
            case QuoteBlock quote:
                Line("blockquote", () => Blocks(quote));
                break;
            case ParagraphBlock { Parent: ListItemBlock { Parent: ListBlock { IsLoose: false } } } tight:
                Inlines(tight.Inline);
                break;
            case ParagraphBlock paragraph:
                Line("p", () => Inlines(paragraph.Inline));
                break;
            // Where the targets of links are defined; a line across the page.
            case LinkReferenceDefinitionGroup or ThematicBreakBlock:
                break;
            case ContainerBlock other:
                Blocks(other);
                break;
            case LeafBlock other:
                Inlines(other.Inline);
                break;
        }
    }

    private void Inlines(ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? [])
        {
            Inline(inline);
        }
    }

    private void Inline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal:
                Text(literal.Content.ToString());
                break;
            case HtmlEntityInline entity:
                Text(entity.Transcoded.ToString());
                break;
            case LineBreakInline:
                html.Append('\n');
                break;
            case CodeInline code:
                Element("code", () => Text(code.Content));
                break;
            case EmphasisInline emphasis:
                Element(emphasis.DelimiterCount == 2 ? "strong" : "em", () => Inlines(emphasis));
                break;
            case AutolinkInline auto:
                Link(auto.IsEmail ? $"mailto:{auto.Url}" : auto.Url, null, () => Text(auto.Url));
                break;
            // Readers' browsers fetch nothing from elsewhere, so a picture is a link to it.
            case LinkInline link:
                Link(link.Url, link.Title, () => LinkText(link));
                break;
            case ContainerInline other:
                Inlines(other);
                break;
            default:
                Text(inline.ToString() ?? "");
                break;
        }
    }

    private void LinkText(LinkInline link)
    {
        var before = html.Length;
        Inlines(link);
        // A link that nobody can see or hear cannot be followed knowingly.
        if (html.Length == before)
        {
            Text(link.Url ?? "");
        }
    }

    private void Link(string? url, string? title, Action content)
    {
        // Links inside links are no HTML; a picture may be one inside another's text.
        if (insideLink || SafeLink.Of(url) is not { } target)
        {
            content();
            return;
        }
        html.Append("<a href=\"");
        Text(target);
        if (!string.IsNullOrEmpty(title))
        {
            html.Append("\" title=\"");
            Text(title);
        }
        html.Append("\" rel=\"nofollow\">");
        insideLink = true;
        content();
        insideLink = false;
        html.Append("</a>");
    }

    /// <summary>Writes a block on a line of its own; of a comment's, only what is in it.</summary>
    private void Line(string name, Action content)
    {
        if (inlineOnly)
        {
            content();
        }
        else
        {
            Element(name, content);
        }
        html.Append('\n');
    }

    private void Element(string name, Action content)
    {
        html.Append('<').Append(name).Append('>');
        content();
        html.Append("</").Append(name).Append('>');
    }

    private void Text(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"': html.Append("&quot;"); break;
                case '\'': html.Append("&#39;"); break;
                default: html.Append(rune); break;
            }
        }
    }
}
