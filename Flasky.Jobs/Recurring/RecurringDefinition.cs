using System.Text.Json;
using System.Text.Json.Serialization;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Recurring;

/// <summary>A recurring job as it is stored: everything but its state. JSON, so that people and scripts can read it.</summary>
internal sealed record RecurringDefinition
{
    /// <summary>The text of the <see cref="JobSchedule"/>. Scripts compare it, so its name on the wire is fixed.</summary>
    public required string When { get; init; }

    public required string Job { get; init; }

    public required string Arguments { get; init; }

    public required MissedTicks MissedTicks { get; init; }

    public required int MaxMissed { get; init; }

    public required long MissedAfterMs { get; init; }

    /// <summary>What the job asks of the queue; see <see cref="JobDirectives"/>. Null: nothing.</summary>
    public Dictionary<string, string>? Directives { get; init; }

    public string? DeclaredBy { get; init; }

    public bool RemoveWhenUndeclared { get; init; }

    public static RecurringDefinition From(JobEnvelope job, JobSchedule schedule, RecurringOptions options, string? declaredBy) => new()
    {
        When = schedule.ToString()!,
        Job = job.Name,
        Arguments = job.Arguments,
        MissedTicks = options.MissedTicks,
        MaxMissed = options.MaxMissed,
        MissedAfterMs = (long)options.MissedAfter.TotalMilliseconds,
        Directives = DirectivesOf(job),
        DeclaredBy = declaredBy,
        RemoveWhenUndeclared = declaredBy is not null && options.RemoveWhenUndeclared,
    };

    public string Write() => JsonSerializer.Serialize(this, RecurringJsonContext.Default.RecurringDefinition);

    private static Dictionary<string, string>? DirectivesOf(JobEnvelope job)
    {
        var directives = job.Headers.Where(header => header.Key.StartsWith(JobDirectives.Reserved, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        return directives.Count > 0 ? directives : null;
    }

    /// <exception cref="JsonException">The text is none that this version wrote.</exception>
    public static RecurringDefinition Read(string text) =>
        JsonSerializer.Deserialize(text, RecurringJsonContext.Default.RecurringDefinition) ?? throw new JsonException("The definition is null.");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RecurringDefinition))]
internal sealed partial class RecurringJsonContext : JsonSerializerContext;
