namespace MimeKit;

/// <summary>A text is not what it should be, for example not an e-mail address.</summary>
public class ParseException(string message, int tokenIndex, int errorIndex) : FormatException(message)
{
    /// <summary>Where the offending token starts, in characters.</summary>
    public int TokenIndex { get; } = tokenIndex;

    /// <summary>Where the error is, in characters.</summary>
    public int ErrorIndex { get; } = errorIndex;
}
