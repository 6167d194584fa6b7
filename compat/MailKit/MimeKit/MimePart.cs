using MimeKit.Encodings;

namespace MimeKit;

/// <summary>A leaf: bytes with a media type.</summary>
public class MimePart : MimeEntity
{
    private ContentEncoding encoding;

    internal MimePart(ContentType contentType) : base(contentType)
    {
    }

    /// <summary>How the bytes are written. <see cref="ContentEncoding.Default"/>: as they are.</summary>
    public ContentEncoding ContentTransferEncoding
    {
        get => encoding;
        set
        {
            encoding = value;
            if (value == ContentEncoding.Default)
            {
                Headers.Remove(HeaderId.ContentTransferEncoding);
            }
            else
            {
                Headers.SetRaw(HeaderId.ContentTransferEncoding, NameOf(value));
            }
        }
    }

    internal byte[] Content { get; set; } = [];

    /// <summary>The plainest encoding of the text that the way can carry.</summary>
    public ContentEncoding GetBestEncoding(EncodingConstraint constraint, int maxLineLength) =>
        ContentStatistics.Of(Content).BestEncoding(constraint, maxLineLength);

    /// <inheritdoc/>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        if (ContentTransferEncoding is ContentEncoding.Base64 or ContentEncoding.QuotedPrintable)
        {
            return;
        }
        var best = GetBestEncoding(constraint, maxLineLength);
        if (ContentTransferEncoding != ContentEncoding.Default || best != ContentEncoding.SevenBit)
        {
            ContentTransferEncoding = best;
        }
    }

    internal override void WriteContent(MimeWriter writer)
    {
        switch (ContentTransferEncoding)
        {
            case ContentEncoding.QuotedPrintable:
                QuotedPrintable.Encode(Content, writer);
                break;
            case ContentEncoding.Base64:
                writer.Text(Convert.ToBase64String(Content, Base64FormattingOptions.InsertLineBreaks));
                break;
            default:
                writer.Bytes(Content);
                break;
        }
    }

    private static string NameOf(ContentEncoding encoding) => encoding switch
    {
        ContentEncoding.SevenBit => "7bit",
        ContentEncoding.EightBit => "8bit",
        ContentEncoding.Base64 => "base64",
        ContentEncoding.QuotedPrintable => "quoted-printable",
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };
}
