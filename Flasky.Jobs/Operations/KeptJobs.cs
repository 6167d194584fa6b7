using System.Globalization;
using Flasky.Jobs.Redis;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>
/// The jobs of one queue that are kept aside: those that wait for a time or for their turn in a lane, and the dead. Each step looks at a bounded
/// number of them and says where to go on. Thread-safe.
/// </summary>
internal sealed class KeptJobs(IDatabase redis, JobKeys keys, string queue)
{
    private readonly RedisKey[] queueKeys = [keys.Ready()];

    /// <summary>Delayed jobs from the one that is due next, those in lanes (which are ready) from the oldest, dead ones from the newest.</summary>
    /// <param name="shownBytes">Bytes of arguments to bring.</param>
    public async Task<Step> ListAsync(JobState state, string? after, int most, RedisValue[] filter, int shownBytes)
    {
        var reply = await RunAsync(state, "list", descending: state == JobState.Failed, after, most, filter, shownBytes).ConfigureAwait(false);
        return new Step([.. ((RedisResult[])reply[4]!).Select(job => Read(state, (RedisResult[])job!))], Place(reply), (int)reply[2]);
    }

    /// <summary>Retries or deletes jobs from the last to the first, so that what comes back meanwhile is not met again.</summary>
    public async Task<(JobRetries Done, string? Next)> ActAsync(JobState state, bool retry, string? after, RedisValue[] filter)
    {
        var reply = await RunAsync(state, retry ? "retry" : "delete", descending: true, after, most: 256, filter, shownBytes: 0).ConfigureAwait(false);
        return (new JobRetries((long)reply[4], (long)reply[3]), Place(reply));
    }

    /// <returns>The number of jobs let go of; 256 when there may be more.</returns>
    public async Task<int> TrimAsync(int? keep, TimeSpan? olderThan) => (int)await LuaScript.Trim.RunAsync(redis, queueKeys,
        [keep is { } count ? count : "", olderThan is { } age ? (long)age.TotalMilliseconds : ""]).ConfigureAwait(false);

    private async Task<RedisResult[]> RunAsync(JobState state, string action, bool descending, string? after, int most, RedisValue[] filter, int shownBytes)
    {
        var (score, id) = Parse(after);
        return (RedisResult[])(await LuaScript.Kept.RunAsync(redis, queueKeys,
            [
                SetOf(state), action, descending ? "desc" : "asc", score, id, most,
                SetOf(state) == "scheduled" ? WireState.Write(state) : "", shownBytes, .. filter,
            ]).ConfigureAwait(false))!;
    }

    private static string SetOf(JobState state) => state switch
    {
        JobState.Failed => "dead",
        JobState.Ready => "waiting",
        _ => "scheduled",
    };

    /// <exception cref="ArgumentException">No page ever said so.</exception>
    private static (string Score, string Id) Parse(string? after) =>
        after is null ? ("", "")
        : after.Split('-', 2) is [var score, { Length: > 0 } id] && long.TryParse(score, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (score, id)
        : throw new ArgumentException($"'{after}' is no place in the list. Take it from the page before.", nameof(after));

    private static string? Place(RedisResult[] reply) => (string)reply[0]! is { Length: > 0 } score ? $"{score}-{(string)reply[1]!}" : null;

    /// <summary>Reads {id, score, job, args, bytes of args, priority, history, reason}.</summary>
    private StoredSummary Read(JobState state, RedisResult[] job)
    {
        var reason = (string)job[7]!;
        return StoredSummary.Read(queue, (string)job[0]!, (string)job[2]!, (JobPriority)(int)job[5], (string)job[6]!, (string)job[3]!, (int)job[4]) with
        {
            State = state,
            Since = DateTimeOffset.FromUnixTimeMilliseconds((long)(double)job[1]),
            Reason = reason.Length > 0 ? reason : null,
        };
    }
}

/// <summary>A bounded part of a list.</summary>
/// <param name="Jobs">What was found.</param>
/// <param name="Next">Where to go on. Null: that was all.</param>
/// <param name="LookedAt">Jobs looked at.</param>
internal sealed record Step(IReadOnlyList<StoredSummary> Jobs, string? Next, int LookedAt);
