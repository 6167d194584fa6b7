namespace Flasky.Mailbox.Mime;

/// <summary>Header fields in their order.</summary>
internal sealed class HeaderList : List<(string Name, string Raw)>
{
    /// <summary>The first field of that name, decoded; null if there is none.</summary>
    public string? Find(string name) => FindRaw(name) is { } raw ? EncodedWords.Decode(raw) : null;

    /// <summary>The first field of that name, unfolded but not decoded; null if there is none.</summary>
    public string? FindRaw(string name)
    {
        foreach (var (each, raw) in this)
        {
            if (each.Equals(name, StringComparison.OrdinalIgnoreCase)) return raw;
        }
        return null;
    }
}
