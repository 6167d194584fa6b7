using System.Collections;

namespace MimeKit;

/// <summary>The header fields of a message or a part, in order. Not safe for concurrent use.</summary>
public class HeaderList : IEnumerable<Header>
{
    private readonly List<Header> headers = [];

    /// <summary>How many fields there are.</summary>
    public int Count => headers.Count;

    /// <summary>The value of the first field of that name; null when there is none. Setting replaces the field or adds it.</summary>
    public string? this[HeaderId id]
    {
        get => this[HeaderIds.NameOf(id)];
        set => this[HeaderIds.NameOf(id)] = value;
    }

    /// <inheritdoc cref="this[HeaderId]"/>
    public string? this[string field]
    {
        get => IndexOf(field) is >= 0 and var index ? headers[index].Value : null;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Set(new Header(field, value));
        }
    }

    /// <summary>Adds a field at the end.</summary>
    public void Add(HeaderId id, string value) => headers.Add(new Header(id, value));

    /// <inheritdoc cref="Add(HeaderId, string)"/>
    public void Add(string field, string value) => headers.Add(new Header(field, value));

    /// <inheritdoc cref="Add(HeaderId, string)"/>
    public void Add(Header header)
    {
        ArgumentNullException.ThrowIfNull(header);
        headers.Add(header);
    }

    /// <summary>Whether a field of that name is there.</summary>
    public bool Contains(HeaderId id) => IndexOf(HeaderIds.NameOf(id)) >= 0;

    /// <inheritdoc cref="Contains(HeaderId)"/>
    public bool Contains(string field) => IndexOf(field) >= 0;

    /// <summary>Removes the first field of that name.</summary>
    public bool Remove(HeaderId id) => Remove(HeaderIds.NameOf(id));

    /// <inheritdoc cref="Remove(HeaderId)"/>
    public bool Remove(string field)
    {
        var index = IndexOf(field);
        if (index >= 0)
        {
            headers.RemoveAt(index);
        }
        return index >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<Header> GetEnumerator() => headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Set(Header header)
    {
        var index = IndexOf(header.Field);
        if (index < 0)
        {
            headers.Add(header);
        }
        else
        {
            headers[index] = header;
        }
    }

    /// <summary>Sets a structured field, whose value is written as it stands.</summary>
    internal void SetRaw(HeaderId id, string value) => Set(new Header(HeaderIds.NameOf(id), value, $" {value}"));

    private int IndexOf(string field) => headers.FindIndex(h => h.Field.Equals(field, StringComparison.OrdinalIgnoreCase));
}
