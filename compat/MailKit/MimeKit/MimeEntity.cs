namespace MimeKit;

/// <summary>A part of a message, or its whole body.</summary>
public abstract class MimeEntity : IDisposable
{
    private protected MimeEntity(ContentType contentType) => ContentType = contentType;

    /// <summary>The part's further header fields; Content-Type is written from <see cref="ContentType"/>.</summary>
    public HeaderList Headers { get; } = [];

    /// <summary>The media type.</summary>
    public ContentType ContentType { get; }

    /// <summary>Chooses an encoding the way can carry.</summary>
    /// <param name="constraint">What the way can carry.</param>
    /// <param name="maxLineLength">The longest line that needs no encoding, in bytes, without the line end.</param>
    public abstract void Prepare(EncodingConstraint constraint, int maxLineLength = 78);

    internal IEnumerable<Header> AllHeaders()
    {
        yield return new Header("Content-Type", ContentType.Encoded, Encodings.HeaderText.FoldParameters(ContentType.Encoded, "Content-Type:".Length));
        foreach (var header in Headers)
        {
            yield return header;
        }
    }

    internal abstract void WriteContent(MimeWriter writer);

    /// <summary>Frees nothing here; the real class frees its streams.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()"/>
    protected virtual void Dispose(bool disposing)
    {
    }
}
