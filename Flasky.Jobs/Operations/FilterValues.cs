using System.Globalization;
using StackExchange.Redis;

namespace Flasky.Jobs.Operations;

/// <summary>A filter as the scripts take it (lib/filter.lua).</summary>
internal static class FilterValues
{
    public static RedisValue[] Of(JobFilter? filter, string id = "") =>
        [id, filter?.Name ?? "", filter?.ArgumentText ?? "", filter?.ErrorText ?? "", Ms(filter?.CreatedFrom), Ms(filter?.CreatedBefore)];

    private static string Ms(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) ?? "";
}
