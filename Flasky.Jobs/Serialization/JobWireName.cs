using System.Globalization;

namespace Flasky.Jobs.Serialization;

/// <summary>A job's name as envelopes and Redis have it: <c>mail.newsletter</c>, or <c>mail.newsletter@2</c> from the second version on.</summary>
internal readonly record struct JobWireName(string Name, int Version)
{
    private const char Separator = '@';

    public override string ToString() => Version == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}{Separator}{Version}");

    /// <summary>What is no name with a version stays one name, which no handler has.</summary>
    public static JobWireName Parse(string text)
    {
        var at = text.IndexOf(Separator, StringComparison.Ordinal);
        return at > 0 && int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 1
            ? new JobWireName(text[..at], version)
            : new JobWireName(text, 1);
    }
}
