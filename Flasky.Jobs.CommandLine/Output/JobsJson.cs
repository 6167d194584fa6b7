using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flasky.Jobs.CommandLine.Output;

/// <summary>
/// What <c>--json</c> prints: the library's own records in camel case, ids as text, states and priorities small, durations in seconds. The names are
/// part of the contract and listed in docs/operations.md.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters = [typeof(JobIdJson), typeof(SecondsJson), typeof(StateJson), typeof(PriorityJson), typeof(CancellationJson)])]
[JsonSerializable(typeof(IReadOnlyList<QueueStatistics>))]
[JsonSerializable(typeof(QueueStatistics))]
[JsonSerializable(typeof(IReadOnlyList<JobWorkerInfo>))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobDetails))]
[JsonSerializable(typeof(IReadOnlyList<RecurringJob>))]
[JsonSerializable(typeof(JobRetries))]
[JsonSerializable(typeof(Removed))]
[JsonSerializable(typeof(Changed))]
[JsonSerializable(typeof(Cancelled))]
[JsonSerializable(typeof(Triggered))]
internal sealed partial class JobsJson : JsonSerializerContext;

/// <param name="Count">Jobs removed.</param>
internal sealed record Removed([property: JsonPropertyName("removed")] long Count);

/// <param name="IsChanged">Whether it was otherwise before, or, for a recurring job, whether there is one.</param>
internal sealed record Changed([property: JsonPropertyName("changed")] bool IsChanged);

/// <param name="Outcome">What it came to.</param>
internal sealed record Cancelled([property: JsonPropertyName("cancellation")] JobCancellation Outcome);

/// <param name="Id">The job that was enqueued.</param>
internal sealed record Triggered(JobId Id);

internal sealed class JobIdJson : JsonConverter<JobId>
{
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.Parse(reader.GetString() ?? "", CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

internal sealed class SecondsJson : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(Math.Round(value.TotalSeconds, 3));
}

internal sealed class StateJson() : JsonStringEnumConverter<JobState>(JsonNamingPolicy.CamelCase);

internal sealed class PriorityJson() : JsonStringEnumConverter<JobPriority>(JsonNamingPolicy.CamelCase);

internal sealed class CancellationJson() : JsonStringEnumConverter<JobCancellation>(JsonNamingPolicy.CamelCase);
