using Flasky.Jobs.Redis;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Limits;

/// <summary>The limits of one queue; each method is one script, but for the report, which takes several on many lanes. Thread-safe.</summary>
internal sealed class LimitStore(IDatabase redis, JobKeys keys)
{
    private const int PageSize = 128;
    private const int MostLanes = 1000;

    private readonly RedisKey[] queueKeys = [keys.Ready()];
    private readonly RedisKey[] limitKeys = [keys.Limits];

    /// <param name="limit">Null: remove it.</param>
    /// <returns>False if there was nothing to remove.</returns>
    public async Task<bool> SetAsync(LimitScope scope, JobLimit? limit) =>
        (int)await LuaScript.LimitSet.RunAsync(redis, queueKeys, [scope.Text, limit?.Write() ?? ""]).ConfigureAwait(false) == 1;

    /// <param name="starting">Whether to write them in any case, and not only after Redis lost them.</param>
    public Task DeclareAsync(IReadOnlyCollection<KeyValuePair<LimitScope, JobLimit>> limits, bool starting) =>
        LuaScript.LimitsDeclare.RunAsync(redis, limitKeys,
            [starting ? 1 : 0, .. limits.SelectMany(limit => new RedisValue[] { limit.Key.Text, limit.Value.Write() })]);

    public async Task<JobLimitsReport> ShowAsync()
    {
        // A scan may find a lane twice.
        var lanes = new Dictionary<string, JobLane>(StringComparer.Ordinal);
        RedisValue cursor = 0;
        while (true)
        {
            var page = (RedisResult[])(await LuaScript.LimitsShow.RunAsync(redis, queueKeys, [JobKeys.Group, cursor, PageSize]).ConfigureAwait(false))!;
            var now = DateTimeOffset.FromUnixTimeMilliseconds((long)page[0]);
            foreach (var item in (RedisResult[])page[5]!)
            {
                var lane = (RedisResult[])item!;
                lanes[(string)lane[0]!] = LimitReplies.Lane(lane, now);
            }
            cursor = (string)page[1]!;
            if (cursor == 0 || lanes.Count >= MostLanes)
                return LimitReplies.Report(page, now, lanes.Values);
        }
    }
}
