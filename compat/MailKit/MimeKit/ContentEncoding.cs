namespace MimeKit;

/// <summary>A part's Content-Transfer-Encoding.</summary>
public enum ContentEncoding
{
    /// <summary>None is named: written as it is, without a header.</summary>
    Default,
    SevenBit,
    EightBit,
    Base64 = 4,
    QuotedPrintable,
}

/// <summary>What the way to the reader can carry.</summary>
public enum EncodingConstraint
{
    None,
    SevenBit,
    EightBit,
}
