using MimeKit.Encodings;

namespace MimeKit;

/// <summary>One header field. Immutable in this stand-in.</summary>
public class Header
{
    /// <summary>A field by its well-known name.</summary>
    public Header(HeaderId id, string value) : this(HeaderIds.NameOf(id), value)
    {
    }

    /// <summary>A field with unstructured text; line breaks in <paramref name="value"/> are removed.</summary>
    /// <exception cref="ArgumentException"><paramref name="field"/> is empty or holds a character no field name may hold.</exception>
    public Header(string field, string value)
        : this(field, Unfold(value), Encode(field, Unfold(value)))
    {
    }

    /// <param name="field">The name.</param>
    /// <param name="value">The readable value.</param>
    /// <param name="encoded">The value as it is written behind the colon, folded with line feeds.</param>
    internal Header(string field, string value, string encoded)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        foreach (var c in field)
        {
            if (c is <= ' ' or > '~' or ':')
            {
                throw new ArgumentException("The header field name holds an illegal character.", nameof(field));
            }
        }
        Field = field;
        Id = HeaderIds.Find(field);
        Value = value;
        Encoded = encoded;
    }

    /// <summary>The name as it is written.</summary>
    public string Field { get; }

    /// <summary>The well-known name, or <see cref="HeaderId.Unknown"/>.</summary>
    public HeaderId Id { get; }

    /// <summary>The readable value.</summary>
    public string Value { get; }

    internal string Encoded { get; }

    /// <summary>Removes line breaks and the white space around the text.</summary>
    public static string Unfold(string text) =>
        text is null ? "" : text.Trim().Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    /// <summary>An id, or an address to unsubscribe at, is one word that nothing may break or encode; any other field set by its text counts as free text.</summary>
    private static string Encode(string field, string text) =>
        HeaderIds.Find(field ?? "") is HeaderId.MessageId or HeaderId.ListUnsubscribe ? $" {text}" : HeaderText.Encode(text, (field?.Length ?? 0) + 1);

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Value}";
}
