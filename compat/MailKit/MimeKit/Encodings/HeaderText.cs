namespace MimeKit.Encodings;

/// <summary>Header values that hold free text: unstructured fields (RFC 5322 section 3.6.5) and display names (section 3.2.5).</summary>
internal static class HeaderText
{
    /// <summary>Folds the text, with encoded words where it is not plain ASCII.</summary>
    /// <param name="text">The text, without line breaks.</param>
    /// <param name="column">How many characters of the first line are taken already.</param>
    internal static string Encode(string text, int column)
    {
        var line = new HeaderLine(column);
        WriteWords(line, " ", text);
        return line.ToString();
    }

    /// <summary>Writes a display name: bare if it is made of atoms, quoted if it is ASCII, else as encoded words.</summary>
    internal static void WritePhrase(HeaderLine line, string separator, string name)
    {
        name = Header.Unfold(name);
        var quoted = QuoteName(name);
        if (!IsPlain(quoted))
        {
            EncodedWord.Write(line, separator, name);
        }
        else if (quoted.StartsWith('"'))
        {
            line.Word(separator, quoted);
        }
        else
        {
            WriteWords(line, separator, name);
        }
    }

    /// <summary>The name, in quotes if it holds more than atoms with single spaces between them.</summary>
    internal static string QuoteName(string name) =>
        name.Split(' ').All(word => word.Length > 0 && word.All(IsAtomChar))
            ? name
            : $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>Folds a value like <c>text/plain; charset=utf-8</c> between its parameters.</summary>
    internal static string FoldParameters(string value, int column)
    {
        var line = new HeaderLine(column);
        foreach (var word in value.Split(' '))
        {
            line.Word(" ", word);
        }
        return line.ToString();
    }

    internal static bool IsAtomChar(char c) =>
        char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c) || (!char.IsAscii(c) && !char.IsControl(c));

    private static void WriteWords(HeaderLine line, string separator, string text)
    {
        var space = separator;
        for (var i = 0; i < text.Length;)
        {
            var end = WordEnd(text, i);
            if (IsPlain(text[i..end]))
            {
                line.Word(space, text[i..end]);
            }
            else
            {
                // white space between two encoded words does not count, so it has to be encoded with them
                for (var next = SpaceEnd(text, end); next < text.Length && !IsPlain(text[next..WordEnd(text, next)]); next = SpaceEnd(text, end))
                {
                    end = WordEnd(text, next);
                }
                EncodedWord.Write(line, space, text[i..end]);
            }
            i = SpaceEnd(text, end);
            space = text[end..i];
        }
    }

    /// <summary>Whether the text can stand as it is: printable ASCII, nothing like an encoded word, and short enough for a line.</summary>
    private static bool IsPlain(string text) =>
        text.Length < HeaderLine.MaxLength
        && text.All(c => c is >= ' ' and <= '~')
        && !text.Contains("=?", StringComparison.Ordinal);

    private static int WordEnd(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAny(' ', '\t');
        return end < 0 ? text.Length : start + end;
    }

    private static int SpaceEnd(string text, int start)
    {
        var end = text.AsSpan(start).IndexOfAnyExcept(' ', '\t');
        return end < 0 ? text.Length : start + end;
    }
}
