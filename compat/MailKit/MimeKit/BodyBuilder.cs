using System.Text;

namespace MimeKit;

/// <summary>Puts a body together from its text and its HTML form.</summary>
public class BodyBuilder
{
    /// <summary>The plain text. Null: none.</summary>
    public string? TextBody { get; set; }

    /// <summary>The HTML. Null: none.</summary>
    public string? HtmlBody { get; set; }

    /// <summary>One text part when one form is there (or none), multipart/alternative when both are.</summary>
    public MimeEntity ToMessageBody()
    {
        if (TextBody is null || HtmlBody is null)
        {
            return Part(HtmlBody is null ? "plain" : "html", HtmlBody ?? TextBody ?? "");
        }
        return new MultipartAlternative { Part("plain", TextBody), Part("html", HtmlBody) };
    }

    private static TextPart Part(string subtype, string text)
    {
        var part = new TextPart(subtype);
        part.SetText(Encoding.UTF8, text);
        return part;
    }
}
