using System.Globalization;
using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using StackExchange.Redis;

namespace Flasky.Jobs.Tracking;

/// <summary>Reads the reply of show.lua.</summary>
internal static class StoredJob
{
    public static (JobStatus? Status, JobDirectives Directives) Read(JobId id, RedisResult[] reply)
    {
        var notes = Notes((RedisResult[])reply[0]!);
        var scheduled = (RedisResult[])reply[3]!;
        var dead = (RedisResult[])reply[4]!;
        var waiting = (RedisResult[])reply[5]!;
        var kept = scheduled.Length > 0 ? scheduled : dead.Length > 0 ? dead : waiting;
        var wire = kept.Length > 0 ? WireJob.Parse((string)kept[0]!) : null;
        if (notes.Count == 0 && wire is null)
            return (null, JobDirectives.None);

        var lines = (string[])reply[1]!;
        var status = new JobStatus
        {
            Id = id,
            Name = notes.GetValueOrDefault("name") ?? wire?.Name ?? "",
            State = WireState.Read(notes.GetValueOrDefault("state")) ?? Kept(dead, waiting, wire),
            Attempt = int.TryParse(notes.GetValueOrDefault("attempt"), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) ? attempt : wire?.Attempts ?? 0,
            Progress = Progress(notes.GetValueOrDefault("progress")),
            Error = Text(notes.GetValueOrDefault("error")) ?? (dead.Length > 2 ? (string?)dead[2] : null),
            DueAt = reply[2].IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)(double)reply[2]),
            Worker = Text(notes.GetValueOrDefault("worker")),
            Result = notes.GetValueOrDefault("result"),
            History = lines.Length > 0 ? JobHistory.Read(lines) : JobHistory.Read(CarriedHistory(scheduled.Length > 0 ? scheduled : waiting, dead)),
        };
        return (status, Directives(notes, wire));
    }

    /// <summary>What a job asks of the queue; nothing, if it cannot be read.</summary>
    /// <param name="wire">See <see cref="WireJob"/>.</param>
    public static JobDirectives DirectivesOf(string wire) => Directives([], WireJob.Parse(wire));

    private static JobState Kept(RedisResult[] dead, RedisResult[] waiting, WireJob? wire) =>
        dead.Length > 0 ? JobState.Failed : waiting.Length > 0 ? JobState.Ready : wire?.Attempts > 0 ? JobState.Retrying : JobState.Scheduled;

    private static string CarriedHistory(RedisResult[] waiting, RedisResult[] dead) =>
        dead.Length > 4 ? (string)dead[4]! : waiting.Length > 3 ? (string)waiting[3]! : "";

    /// <summary>What cancelling it has to see to. A job that is ready or running has it only in its notes.</summary>
    private static JobDirectives Directives(Dictionary<string, string> notes, WireJob? wire)
    {
        try
        {
            var headers = wire?.Headers ?? notes.GetValueOrDefault("headers");
            return headers is null ? JobDirectives.None : JobDirectives.Read(JobHeaders.Read(headers));
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // A job that cannot be read can still be looked at and cancelled; its keys end by their TTL.
            return JobDirectives.None;
        }
    }

    private static JobProgress? Progress(string? text) =>
        string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize(text, JobProgressContext.Default.JobProgress);

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Dictionary<string, string> Notes(RedisResult[] flat)
    {
        var notes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < flat.Length; i += 2)
            notes[(string)flat[i]!] = (string)flat[i + 1]!;
        return notes;
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(JobProgress))]
internal sealed partial class JobProgressContext : System.Text.Json.Serialization.JsonSerializerContext;
