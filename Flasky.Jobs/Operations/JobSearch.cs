using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using StackExchange.Redis;
using LuaScript = Flasky.Jobs.Redis.LuaScript;

namespace Flasky.Jobs.Operations;

/// <summary>Finds one job of a queue wherever it is.</summary>
internal sealed class JobSearch(RedisCalls redis, QueueJobs jobs)
{
    public async Task<JobDetails?> FindAsync(JobId id, CancellationToken cancellationToken)
    {
        var shown = (RedisResult[])(await redis.InTimeAsync(
            database => LuaScript.Show.RunAsync(database, [redis.KeysOf(id.Queue).Ready()], [id.Value.ToString("N")]), cancellationToken).ConfigureAwait(false))!;
        var (status, _) = StoredJob.Read(id, shown);
        var (scheduled, dead, waiting) = ((RedisResult[])shown[3]!, (RedisResult[])shown[4]!, (RedisResult[])shown[5]!);
        foreach (var kept in new[] { scheduled, waiting })
        {
            if (kept.Length > 0)
                return Details(status!, kept, (JobPriority)(int)kept[2]);
        }
        if (dead.Length > 0)
            return Details(status!, dead, dead.Length > 5 ? (JobPriority)(int)dead[5] : JobPriority.Normal);
        if (status?.State.IsEnd() == true)
            return new JobDetails { Status = status, Headers = JobHeaders.None };
        return await InStreamsAsync(id, status, cancellationToken).ConfigureAwait(false)
            ?? (status is null ? null : new JobDetails { Status = status, Headers = JobHeaders.None });
    }

    private static JobDetails Details(JobStatus status, RedisResult[] kept, JobPriority priority)
    {
        var wire = WireJob.Parse((string)kept[0]!);
        return new JobDetails
        {
            Status = status,
            Priority = priority,
            CreatedAt = wire is { } job ? DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedMs) : null,
            Arguments = (string)kept[1]!,
            Headers = Headers(wire),
        };
    }

    private async Task<JobDetails?> InStreamsAsync(JobId id, JobStatus? status, CancellationToken cancellationToken)
    {
        var filter = FilterValues.Of(null, id.Value.ToString("N"));
        // Running ones are few; and one that is handed out between the two looks is found by the second.
        foreach (var state in (JobState[])[JobState.Running, JobState.Ready, JobState.Running])
        {
            string? next = null;
            do
            {
                var step = await jobs.StepAsync(state, next, most: 1, filter, shownBytes: int.MaxValue, cancellationToken).ConfigureAwait(false);
                if (step.Jobs is [var found])
                    return Details(id, status, found);
                next = step.Next;
            }
            while (next is not null);
        }
        return null;
    }

    private static JobDetails Details(JobId id, JobStatus? status, StoredSummary found) => new()
    {
        Status = status ?? new JobStatus
        {
            Id = id,
            Name = found.Wire?.Name ?? "",
            State = found.State,
            Attempt = (found.Wire?.Attempts ?? 0) + (found.State == JobState.Running ? 1 : 0),
            Error = found.History.Count > 0 ? found.History[^1].Error : null,
            Worker = found.Worker,
            History = found.History,
        },
        Priority = found.Priority,
        CreatedAt = found.CreatedAt,
        Arguments = found.Arguments,
        Headers = Headers(found.Wire),
    };

    private static IReadOnlyDictionary<string, string> Headers(WireJob? wire)
    {
        try
        {
            return wire is { } job ? JobHeaders.Read(job.Headers) : JobHeaders.None;
        }
        catch (JsonException)
        {
            // A job that cannot be read can still be looked at.
            return JobHeaders.None;
        }
    }
}
