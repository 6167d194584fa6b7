using System.Globalization;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Redis;

/// <summary>What the server says of itself.</summary>
internal static partial class RedisInfo
{
    public static async Task<long> MemoryAsync(this IDatabase redis) =>
        long.Parse(Memory().Match(await redis.InfoAsync("memory")).Groups["bytes"].Value, CultureInfo.InvariantCulture);

    /// <summary>
    /// Time spent in a worker's commands since <see cref="ResetStatisticsAsync"/>. What scripts read is in the scripts' time
    /// and, as XREADGROUP, once more, so this is an upper bound.
    /// </summary>
    public static async Task<TimeSpan> WorkTimeAsync(this IDatabase redis)
    {
        var spent = Commands().Matches(await redis.InfoAsync("commandstats"))
            .Where(command => command.Groups["name"].Value is "eval" or "evalsha" or "xreadgroup")
            .Sum(command => long.Parse(command.Groups["spent"].Value, CultureInfo.InvariantCulture));
        return TimeSpan.FromMicroseconds(spent);
    }

    public static Task ResetStatisticsAsync(this IDatabase redis) => redis.ExecuteAsync("CONFIG", "RESETSTAT");

    private static async Task<string> InfoAsync(this IDatabase redis, string section) =>
        (string)(await redis.ExecuteAsync("INFO", section))!;

    [GeneratedRegex(@"^used_memory:(?<bytes>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Memory();

    [GeneratedRegex(@"^cmdstat_(?<name>[a-z]+):calls=\d+,usec=(?<spent>\d+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Commands();
}
