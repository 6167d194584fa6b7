using System.Buffers;

namespace Flasky.Jobs.Serialization;

/// <summary>What a limit key may look like: nothing that JSON escapes or a pattern means, because scripts read it out of the headers.</summary>
internal static class LimitKeyRule
{
    private const int Longest = 200;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:/@=_-");

    /// <returns>The key; empty for null.</returns>
    public static string Check(string? key)
    {
        if (key is null)
            return "";
        if (key.Length is 0 or > Longest || key.AsSpan().ContainsAnyExcept(Allowed))
            throw new ArgumentException($"The limit key '{key}' is not valid: it has 1 to {Longest} letters, digits and . : / @ = _ -. Hash or encode what has others.", nameof(key));
        return key;
    }
}
