namespace MimeKit;

/// <summary>How lines end.</summary>
public enum NewLineFormat : byte
{
    /// <summary>LF.</summary>
    Unix,

    /// <summary>CR LF.</summary>
    Dos,
}

/// <summary>How a message is written.</summary>
public class FormatOptions
{
    /// <summary>The platform's line ends.</summary>
    public static readonly FormatOptions Default = new();

    /// <summary>How lines end. Default: as on this platform.</summary>
    public NewLineFormat NewLineFormat { get; set; } = Environment.NewLine == "\n" ? NewLineFormat.Unix : NewLineFormat.Dos;

    /// <summary>A copy that can be changed.</summary>
    public FormatOptions Clone() => new() { NewLineFormat = NewLineFormat };
}
