using System.Text;

namespace MimeKit.Encodings;

/// <summary>Writes a header's value word by word, breaking the line before a word that would pass column 78.</summary>
/// <param name="column">How many characters of the line are taken already.</param>
internal sealed class HeaderLine(int column)
{
    /// <summary>RFC 5322 section 2.1.1: a line should have no more characters than this.</summary>
    internal const int MaxLength = 78;

    private readonly StringBuilder text = new();
    private int column = column;

    /// <summary>Writes a word that nothing may break; <paramref name="space"/> is the white space before it.</summary>
    internal void Word(string space, string word)
    {
        if (column + space.Length + word.Length > MaxLength && space.Length > 0 && column > space.Length)
        {
            text.Append('\n');
            column = 0;
        }
        Append(space);
        Append(word);
    }

    /// <summary>How many characters fit on this line behind <paramref name="space"/>.</summary>
    internal int Room(string space) => MaxLength - column - space.Length;

    internal void Append(string piece)
    {
        text.Append(piece);
        column += piece.Length;
    }

    public override string ToString() => text.ToString();
}
