using System.Collections;
using System.Security.Cryptography;

namespace MimeKit;

/// <summary>A body made of parts. Not safe for concurrent use.</summary>
public class Multipart : MimeEntity, IEnumerable<MimeEntity>
{
    private readonly List<MimeEntity> parts = [];

    /// <summary>A multipart of that subtype, with a random boundary.</summary>
    public Multipart(string subtype) : base(new ContentType("multipart", subtype)) =>
        // "=-" cannot occur in quoted-printable or base64 text, so no part can hold the boundary by accident
        ContentType.Boundary = $"=-{Convert.ToHexString(RandomNumberGenerator.GetBytes(12))}";

    /// <summary>How many parts there are.</summary>
    public int Count => parts.Count;

    /// <summary>The part at that place.</summary>
    public MimeEntity this[int index] => parts[index];

    /// <summary>Adds a part at the end.</summary>
    public void Add(MimeEntity part)
    {
        ArgumentNullException.ThrowIfNull(part);
        parts.Add(part);
    }

    /// <inheritdoc/>
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78)
    {
        foreach (var part in parts)
        {
            part.Prepare(constraint, maxLineLength);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<MimeEntity> GetEnumerator() => parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override void WriteContent(MimeWriter writer)
    {
        foreach (var part in parts)
        {
            writer.Text($"--{ContentType.Boundary}\n");
            writer.Headers(part.AllHeaders());
            writer.Text("\n");
            part.WriteContent(writer);
            // this line end belongs to the boundary, not to the part
            writer.Text("\n");
        }
        writer.Text($"--{ContentType.Boundary}--\n");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var part in parts)
        {
            part.Dispose();
        }
        base.Dispose(disposing);
    }
}

/// <summary>The same content in several forms, the richest last.</summary>
public class MultipartAlternative() : Multipart("alternative");
