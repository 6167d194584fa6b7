using System.Globalization;
using System.Text.RegularExpressions;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Tracking;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>The ready and running jobs of one queue, looked at in bounded steps, by priority and from the oldest. Thread-safe.</summary>
internal sealed partial class StreamJobs(IDatabase redis, JobKeys keys, string queue)
{
    /// <param name="state">Ready or running.</param>
    /// <param name="after">Null: from the beginning.</param>
    /// <param name="most">Jobs to find.</param>
    /// <param name="filter">See <see cref="FilterValues"/>.</param>
    /// <param name="shownBytes">Bytes of arguments to bring.</param>
    public async Task<Step> ListAsync(JobState state, string? after, int most, RedisValue[] filter, int shownBytes)
    {
        var (stream, entry) = Parse(after);
        var reply = (RedisResult[])(await LuaScript.Entries.RunAsync(redis, [keys.Stream(stream)],
            [JobKeys.Group, WireState.Write(state), entry, most, shownBytes, .. filter]).ConfigureAwait(false))!;
        var next = (string)reply[0]! is { Length: > 0 } last ? Place(stream, last)
            : stream < ClaimedJob.Lanes ? Place(stream + 1, "")
            : null;
        return new Step([.. ((RedisResult[])reply[2]!).Select(job => Read(state, stream, (RedisResult[])job!))], next, (int)reply[1]);
    }

    /// <summary>Removes some of the jobs of one stream that could run now.</summary>
    /// <param name="stream">A priority, or <see cref="ClaimedJob.Lanes"/>.</param>
    /// <param name="before">Null at the first step; then what the step before said.</param>
    /// <returns>How many went, and what to say next; null: that was all.</returns>
    public async Task<(int Removed, string? Before)> PurgeAsync(JobPriority stream, string? before)
    {
        var reply = (RedisResult[])(await LuaScript.Purge.RunAsync(redis, [keys.Stream(stream)], [JobKeys.Group, before ?? ""]).ConfigureAwait(false))!;
        return ((int)reply[0], (int)reply[2] == 1 ? ((long)reply[1]).ToString(CultureInfo.InvariantCulture) : null);
    }

    private static string Place(JobPriority stream, string entry) => string.Create(CultureInfo.InvariantCulture, $"{(int)stream}-{entry}");

    /// <exception cref="ArgumentException">No page ever said so.</exception>
    private static (JobPriority Stream, string Entry) Parse(string? after) =>
        after is null ? (JobPriority.Critical, "")
        : PlacePattern().IsMatch(after) ? ((JobPriority)(after[0] - '0'), after[2..])
        : throw new ArgumentException($"'{after}' is no place in the list. Take it from the page before.", nameof(after));

    /// <summary>Reads {entry, job, args, bytes of args, history, worker, deliveries}.</summary>
    private StoredSummary Read(JobState state, JobPriority stream, RedisResult[] job)
    {
        var (entry, wire) = ((string)job[0]!, (string)job[1]!);
        var priority = stream == ClaimedJob.Lanes ? StoredJob.DirectivesOf(wire).Priority : stream;
        return StoredSummary.Read(queue, wire.Split(' ', 2)[0], wire, priority, (string)job[4]!, (string)job[2]!, (int)job[3]) with
        {
            State = state,
            // An entry's id begins with the time it was added, which is when the job became ready.
            Since = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(entry.AsSpan(0, entry.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture)),
            Worker = (string)job[5]! is { Length: > 0 } worker ? worker : null,
            Deliveries = (int)job[6],
        };
    }

    [GeneratedRegex(@"^[1-5]-(?:\d+-\d+)?$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlacePattern();
}
