namespace MimeKit;

/// <summary>A part's media type with the two parameters this stand-in writes.</summary>
public class ContentType(string mediaType, string mediaSubtype)
{
    /// <summary>For example <c>text</c>.</summary>
    public string MediaType { get; } = mediaType;

    /// <summary>For example <c>plain</c>.</summary>
    public string MediaSubtype { get; } = mediaSubtype;

    /// <summary>Both, for example <c>text/plain</c>.</summary>
    public string MimeType => $"{MediaType}/{MediaSubtype}";

    /// <summary>The character set. Null: none is named.</summary>
    public string? Charset { get; set; }

    /// <summary>A multipart's boundary. Null: none is named.</summary>
    public string? Boundary { get; set; }

    /// <summary>Compares without case; <c>*</c> matches any subtype.</summary>
    public bool IsMimeType(string mediaType, string mediaSubtype) =>
        MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (mediaSubtype == "*" || MediaSubtype.Equals(mediaSubtype, StringComparison.OrdinalIgnoreCase));

    internal string Encoded =>
        MimeType
        + (Charset is null ? "" : $"; charset={Charset}")
        + (Boundary is null ? "" : $"; boundary=\"{Boundary}\"");

    /// <inheritdoc/>
    public override string ToString() => $"Content-Type: {Encoded}";
}
