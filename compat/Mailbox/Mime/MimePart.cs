namespace Flasky.Mailbox.Mime;

/// <summary>An entity of a message: a leaf with content or a multipart with children.</summary>
internal sealed class MimePart(string id, HeaderList headers, ReadOnlyMemory<byte> body)
{
    private readonly HeaderParameters contentType = HeaderParameters.Parse(headers.FindRaw("Content-Type") ?? "text/plain");
    private readonly HeaderParameters disposition = HeaderParameters.Parse(headers.FindRaw("Content-Disposition"));

    /// <summary>Where it stands: 0 the message itself, 1 its first child, 1.2 that one's second.</summary>
    public string Id => id;

    public HeaderList Headers => headers;

    public ReadOnlyMemory<byte> Body => body;

    public List<MimePart> Children { get; } = [];

    /// <summary>The media type in lower case, such as <c>text/html</c>.</summary>
    public string MediaType => contentType.Value;

    /// <summary>What separates the children; null unless it is a multipart.</summary>
    public string? Boundary => MediaType.StartsWith("multipart/", StringComparison.Ordinal) ? contentType.Find("boundary") : null;

    /// <summary>The name to save it under; empty if there is none.</summary>
    public string FileName => disposition.Find("filename") ?? contentType.Find("name") ?? "";

    /// <summary>What to call it where it has no name of its own.</summary>
    public string DisplayName => FileName.Length > 0 ? FileName : ContentId.Length > 0 ? ContentId : $"part-{id}";

    /// <summary>The Content-ID without angle brackets; empty if there is none.</summary>
    public string ContentId => headers.FindRaw("Content-ID")?.Trim('<', '>', ' ') ?? "";

    public bool IsAttachment => disposition.Value == "attachment";

    public bool IsInline => disposition.Value == "inline";

    /// <summary>The content with its transfer encoding undone.</summary>
    public byte[] Decode() => TransferEncoding.Decode(body.Span, headers.FindRaw("Content-Transfer-Encoding"));

    public string DecodeText() => Charsets.Decode(Decode(), contentType.Find("charset"));

    /// <summary>It and all below it that have content, in their order.</summary>
    public IEnumerable<MimePart> Leaves() => Children.Count == 0 ? [this] : Children.SelectMany(child => child.Leaves());
}
