namespace Aspire.Hosting;

internal static class ResourceName
{
    private const int LongestName = 64;

    // The real packages' rule: such a name can be part of a host name everywhere.
    internal static void Check(string name)
    {
        var valid = name.Length is > 0 and <= LongestName
            && char.IsAsciiLetter(name[0])
            && !name.EndsWith('-')
            && !name.Contains("--", StringComparison.Ordinal)
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        if (!valid)
            throw new ArgumentException($"Resource name '{name}' is invalid. It has 1 to 64 ASCII letters, digits and single hyphens, starts with a letter and does not end with a hyphen.", nameof(name));
    }
}
