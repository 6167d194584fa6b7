using System.Text;

namespace Flasky.Emails;

/// <summary>What somebody else wrote, as text bodies show it: each line behind <c>&gt; </c>, and none longer than mail programs show whole.</summary>
internal static class QuotedText
{
    private const string Mark = "> ";

    // RFC 5322 asks for at most 78 characters a line.
    private const int MaxLineLength = 78;

    /// <summary>The quotation, without a line break at its end. A word that is longer than a line stays whole: it may be a link.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Wrap(line, quoted);
        }
        return quoted.ToString(0, quoted.Length - 1);
    }

    private static void Wrap(string line, StringBuilder quoted)
    {
        var length = quoted.Append(Mark.TrimEnd()).Length;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isFirst = quoted.Length == length;
            if (!isFirst && quoted.Length - length + Mark.Length + word.Length > MaxLineLength)
            {
                length = quoted.Append('\n').Append(Mark.TrimEnd()).Length;
            }
            quoted.Append(' ').Append(word);
        }
        quoted.Append('\n');
    }
}
