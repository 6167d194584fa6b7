namespace Flasky.Jobs.Serialization;

/// <summary>What wire names and queue names look like. The library checks it at run time, its analyzer in the build.</summary>
internal static class JobNameRule
{
    public const string Text = "It must be 1 to 100 lower-case letters, digits, '.', '-' or '_', starting with a letter.";

    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > 100 || name[0] is < 'a' or > 'z')
            return false;
        foreach (var c in name)
        {
            if (c is not (>= 'a' and <= 'z' or >= '0' and <= '9' or '.' or '-' or '_'))
                return false;
        }
        return true;
    }
}
