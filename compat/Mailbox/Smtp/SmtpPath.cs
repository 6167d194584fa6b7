using System.Diagnostics.CodeAnalysis;

namespace Flasky.Mailbox.Smtp;

/// <summary>The argument of MAIL and RCPT: <c>FROM:&lt;susan@example.com&gt; SIZE=1000</c>.</summary>
internal static class SmtpPath
{
    // RFC 5321, 4.5.3.1: 64 for the local part, 255 for the domain, and the @.
    private const int MaxAddressLength = 320;

    /// <summary>Splits the argument after <paramref name="keyword"/> (such as <c>FROM:</c>).</summary>
    /// <returns>Whether there is a path in angle brackets; the address in it is not checked yet.</returns>
    public static bool TryParse(string argument, string keyword, [NotNullWhen(true)] out string? address, out string parameters)
    {
        address = null;
        parameters = "";
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = argument.AsSpan(keyword.Length).TrimStart(' ');
        if (rest.IsEmpty || rest[0] != '<') return false;
        var end = EndOfPath(rest);
        if (end < 0) return false;
        var after = rest[(end + 1)..];
        if (!after.IsEmpty && after[0] != ' ') return false;
        address = WithoutRoute(rest[1..end]).ToString();
        parameters = after.Trim(' ').ToString();
        return true;
    }

    public static bool IsAddress(string address)
    {
        if (address.Length > MaxAddressLength) return false;
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1) return false;
        var local = address.AsSpan(0, at);
        var quoted = local.Length > 2 && local[0] == '"' && local[^1] == '"';
        return !HasForbidden(address.AsSpan(at + 1), allowSpace: false) && !HasForbidden(quoted ? local[1..^1] : local, quoted);
    }

    private static bool HasForbidden(ReadOnlySpan<char> text, bool allowSpace)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || (!allowSpace && c is ' ' or '<' or '>' or '"')) return true;
        }
        return false;
    }

    // A quoted local part may hold any character, also >.
    private static int EndOfPath(ReadOnlySpan<char> path)
    {
        var quoted = false;
        for (var i = 1; i < path.Length; i++)
        {
            if (path[i] == '\\' && quoted) i++;
            else if (path[i] == '"') quoted = !quoted;
            else if (path[i] == '>' && !quoted) return i;
        }
        return -1;
    }

    // RFC 5321, appendix C: accept a source route, and ignore it.
    private static ReadOnlySpan<char> WithoutRoute(ReadOnlySpan<char> path)
    {
        if (path.IsEmpty || path[0] != '@') return path;
        var colon = path.IndexOf(':');
        return colon < 0 ? path : path[(colon + 1)..];
    }
}
