using System.Text.RegularExpressions;

namespace Flasky.Jobs.Context;

/// <summary>What the built-in values are called, and what any may be called.</summary>
internal static partial class CarrierNames
{
    public const string Culture = "culture";
    public const string UserId = "user-id";
    public const string RequestId = "request-id";
    public const string PublicBaseUrl = "public-base-url";
    public const string BaggagePrefix = "baggage.";

    public static string Check(string name) => Valid().IsMatch(name)
        ? name
        : throw new InvalidOperationException($"A job cannot carry '{name}': the name must be 1 to 64 lower-case letters, digits, '.', '-' or '_', starting with a letter.");

    [GeneratedRegex(@"^[a-z][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Valid();
}
