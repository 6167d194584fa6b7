using System.Globalization;

namespace Flasky.Benchmarks;

/// <summary>Reads the values of a command's arguments.</summary>
internal static class Arguments
{
    /// <exception cref="ArgumentException">There is no argument at <paramref name="i"/>.</exception>
    public static string Value(string[] args, int i) =>
        i < args.Length ? args[i] : throw new ArgumentException($"{args[^1]} needs a value.", nameof(args));

    /// <exception cref="ArgumentException">The argument at <paramref name="i"/> is missing or no positive number.</exception>
    public static int Number(string[] args, int i) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{args[i - 1]} needs a positive number.", nameof(args));

    /// <summary>Names separated by commas.</summary>
    /// <exception cref="ArgumentException">The argument at <paramref name="i"/> is missing, or names something that is not <paramref name="known"/>.</exception>
    public static string[] Names(string[] args, int i, IReadOnlyCollection<string> known)
    {
        var list = Value(args, i);
        var names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && !names.Except(known).Any()
            ? names
            : throw new ArgumentException($"'{list}' is no list for {args[i - 1]}. There are: {string.Join(", ", known)}.", nameof(args));
    }
}
