using System.Globalization;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Recurring;

/// <summary>The recurring jobs of one queue in Redis; each method is one script.</summary>
internal sealed class RecurringStore(Lazy<IConnectionMultiplexer> redis, JobKeys keys) : IRecurringStore
{
    private readonly RedisKey[] dueKeys = [keys.Recurring, keys.RecurringDefinitions];
    private readonly RedisKey[] tickKeys = [keys.Recurring, keys.RecurringDefinitions, keys.RecurringLast];
    private readonly RedisKey[] changeKeys = [keys.Recurring, keys.RecurringDefinitions, keys.RecurringPaused];
    private readonly RedisKey[] allKeys = [keys.Recurring, keys.RecurringDefinitions, keys.RecurringPaused, keys.RecurringLast];

    // The first use connects, which is not for the caller of a constructor to wait for.
    private IDatabase Database => redis.Value.GetDatabase();

    private string Bell { get; } = keys.RecurringBell;

    public Task SetAsync(string name, RecurringDefinition definition, DateTimeOffset next, bool declared) =>
        LuaScript.RecurringSet.RunAsync(Database, changeKeys,
            [name, definition.Write(), next.ToUnixTimeMilliseconds(), Bell, declared ? 1 : 0]);

    public async Task<bool> RemoveAsync(string name, string? version = null) =>
        (long)await LuaScript.RecurringRemove.RunAsync(Database, allKeys, [name, version ?? ""]).ConfigureAwait(false) == 1;

    public async Task<bool> PauseAsync(string name) =>
        (long)await LuaScript.RecurringPause.RunAsync(Database, changeKeys, [name]).ConfigureAwait(false) == 1;

    public async Task<bool> ResumeAsync(string name, string version, DateTimeOffset? next) =>
        (long)await LuaScript.RecurringResume.RunAsync(Database, changeKeys, [name, version, Ms(next), Bell]).ConfigureAwait(false) == 1;

    public async Task<DueResult> DueAsync(int most)
    {
        var reply = (RedisResult[])(await LuaScript.RecurringDue.RunAsync(Database, dueKeys, [most]).ConfigureAwait(false))!;
        var untilNext = (long)reply[1];
        return new DueResult(
            FromMs((long)reply[0]),
            untilNext < 0 ? null : TimeSpan.FromMilliseconds(untilNext),
            (long)reply[2] == 1,
            Array.ConvertAll((RedisResult[])reply[3]!, item => (RedisResult[])item! is var due
                ? new DueJob((string)due[0]!, FromMs((long)due[1]), (string)due[2]!, (string)due[3]!) : null!));
    }

    public async Task<bool> TickAsync(DueJob due, DueTicks ticks, IReadOnlyList<WireJob> jobs, RecurringDefinition definition)
    {
        var directives = JobDirectives.Read(definition.Directives ?? []);
        List<RedisValue> values = [due.Name, due.Tick.ToUnixTimeMilliseconds(), due.Version, Ms(ticks.Next), ticks.Run.Count > 0 ? Ms(ticks.Run[^1]) : "",
            (int)directives.Priority, directives.TrackedForMs];
        foreach (var job in jobs)
            values.AddRange([job.ToString(), definition.Arguments]);
        return (long)await LuaScript.RecurringTick.RunAsync(Database, tickKeys, [.. values]).ConfigureAwait(false) == 1;
    }

    public async Task<(DateTimeOffset Now, StoredRecurringJob[] Jobs)> ListAsync(string name = "")
    {
        var reply = (RedisResult[])(await LuaScript.RecurringList.RunAsync(Database, allKeys, [name]).ConfigureAwait(false))!;
        return (FromMs((long)reply[0]), Array.ConvertAll((RedisResult[])reply[1]!, item => Stored((RedisResult[])item!)));
    }

    private static StoredRecurringJob Stored(RedisResult[] item) => new(
        (string)item[0]!, (string)item[1]!, (string)item[2]!, (long)item[3] == 1,
        item[4].IsNull ? null : FromMs((long)item[4]), item[5].IsNull ? null : FromMs((long)item[5]));

    private static RedisValue Ms(DateTimeOffset? time) =>
        time is { } set ? set.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) : "";

    private static DateTimeOffset FromMs(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}

/// <summary>What is due.</summary>
/// <param name="Now">By the clock of Redis.</param>
/// <param name="UntilNext">Until the next tick that is not due yet; null when there is none.</param>
/// <param name="HasDeclared">Whether declared recurring jobs were written; they are gone after Redis lost its data.</param>
/// <param name="Jobs">Due now.</param>
internal sealed record DueResult(DateTimeOffset Now, TimeSpan? UntilNext, bool HasDeclared, DueJob[] Jobs);

/// <param name="Name">Its name.</param>
/// <param name="Tick">Where it stands: not later than now.</param>
/// <param name="Definition">JSON, not read yet.</param>
/// <param name="Version">Changes with the definition.</param>
internal sealed record DueJob(string Name, DateTimeOffset Tick, string Definition, string Version);

/// <inheritdoc cref="DueJob"/>
internal sealed record StoredRecurringJob(string Name, string Definition, string Version, bool IsPaused, DateTimeOffset? NextTick, DateTimeOffset? LastTick);
