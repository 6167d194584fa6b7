using System.Buffers;
using System.Text;

namespace Flasky.Mailbox.Smtp;

/// <summary>A command line.</summary>
/// <param name="Text">The line without its end; empty if there is a problem.</param>
/// <param name="Problem">The reply that refuses the line unread; null if it is sound.</param>
internal readonly record struct SmtpLine(string Text, string? Problem)
{
    /// <summary>Reads what stands before a line feed.</summary>
    public static SmtpLine Decode(ReadOnlySequence<byte> line)
    {
        var text = Encoding.UTF8.GetString(line);
        return text.EndsWith('\r') && !text.AsSpan(..^1).ContainsAny('\r', '\0')
            ? new SmtpLine(text[..^1], null)
            : new SmtpLine("", SmtpReplies.BareLineFeed);
    }

    /// <summary>The command in capitals, and what follows it.</summary>
    public (string Verb, string Argument) Split()
    {
        var space = Text.IndexOf(' ');
        return space < 0
            ? (Text.ToUpperInvariant(), "")
            : (Text[..space].ToUpperInvariant(), Text[(space + 1)..].Trim(' '));
    }
}
