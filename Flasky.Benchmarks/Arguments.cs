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
}
