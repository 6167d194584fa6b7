using StackExchange.Redis;

namespace Flasky.Jobs.Limits;

/// <summary>Reads the reply of limits-show.lua.</summary>
internal static class LimitReplies
{
    public static JobLimitsReport Report(RedisResult[] page, DateTimeOffset now, IEnumerable<JobLane> lanes)
    {
        var limits = new Dictionary<LimitScope, JobLimit>();
        var flat = (string[])page[2]!;
        for (var i = 0; i < flat.Length; i += 2)
        {
            if (flat[i].Length > 0)
                limits[LimitScope.Parse(flat[i])] = JobLimit.Read(flat[i + 1]);
        }
        return new JobLimitsReport
        {
            Limits = limits,
            Running = (int)page[3],
            NextPermit = After(now, page[4]),
            Lanes = [.. lanes.Where(lane => lane.Waiting > 0).OrderByDescending(lane => lane.Waiting).ThenBy(lane => lane.Key, StringComparer.Ordinal)],
        };
    }

    public static JobLane Lane(RedisResult[] lane, DateTimeOffset now)
    {
        var (text, gates) = ((string)lane[0]!, (RedisResult[])lane[2]!);
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return new JobLane(
            blank > 0 ? text[..blank] : null,
            blank < text.Length - 1 ? text[(blank + 1)..] : null,
            (int)lane[1],
            Array.ConvertAll(gates, gate => Gate((RedisResult[])gate!, now)));
    }

    private static JobLaneGate Gate(RedisResult[] gate, DateTimeOffset now) => (string)gate[1]! is { Length: > 0 } scope
        ? new JobLaneGate(LimitScope.Parse(scope), JobLimit.Read((string)gate[2]!), (int)gate[3], After(now, gate[4]))
        : new JobLaneGate(null, null, (int)gate[3], null);

    private static DateTimeOffset? After(DateTimeOffset now, RedisResult ms) => (long)ms > 0 ? now.AddMilliseconds((long)ms) : null;
}
