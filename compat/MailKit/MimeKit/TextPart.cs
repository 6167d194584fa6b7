using System.Text;

namespace MimeKit;

/// <summary>A text part.</summary>
public class TextPart : MimePart
{
    private Encoding charset = Encoding.UTF8;

    /// <summary>A text of that subtype, for example <c>plain</c> or <c>html</c>.</summary>
    public TextPart(string subtype) : base(new ContentType("text", subtype))
    {
    }

    /// <summary>A plain text.</summary>
    public TextPart() : this("plain")
    {
    }

    /// <summary>Whether the subtype is <c>html</c>.</summary>
    public bool IsHtml => ContentType.IsMimeType("text", "html");

    /// <summary>Whether the subtype is <c>plain</c>.</summary>
    public bool IsPlain => ContentType.IsMimeType("text", "plain");

    /// <summary>The text; setting it encodes in UTF-8.</summary>
    public string Text
    {
        get => charset.GetString(Content);
        set => SetText(Encoding.UTF8, value);
    }

    /// <summary>Sets the text and names its character set.</summary>
    public void SetText(Encoding encoding, string text)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        ArgumentNullException.ThrowIfNull(text);
        charset = encoding;
        ContentType.Charset = encoding.WebName;
        Content = encoding.GetBytes(text);
    }
}
