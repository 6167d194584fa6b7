using Flasky.Data.Limits;

namespace Flasky.Web.Api.Limits;

/// <summary>Counts the requests of this process alone, by the rule of take.lua. Safe for concurrent use.</summary>
internal sealed class LocalRates(TimeProvider time)
{
    // Then those are dropped that limit nothing any more.
    private const int MaxBuckets = 10_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, TimeSpan> fullAt = [];

    public TakenRequest Take(AttemptLimit limit, string bucket)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(0);
            var capacity = limit.Every * limit.Burst;
            var full = fullAt.TryGetValue(bucket, out var at) && at > now ? at : now;
            if (full + limit.Every > now + capacity)
            {
                return new TakenRequest(false, 0, full - now, full + limit.Every - now - capacity);
            }
            if (fullAt.Count >= MaxBuckets)
            {
                DropFull(now);
            }
            full += limit.Every;
            fullAt[bucket] = full;
            return new TakenRequest(true, (now + capacity - full).Ticks / limit.Every.Ticks, full - now, TimeSpan.Zero);
        }
    }

    private void DropFull(TimeSpan now)
    {
        foreach (var bucket in fullAt.Where(bucket => bucket.Value <= now).Select(bucket => bucket.Key).ToList())
        {
            fullAt.Remove(bucket);
        }
    }
}
