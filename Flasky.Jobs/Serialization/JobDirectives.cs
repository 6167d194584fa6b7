using System.Globalization;
using Flasky.Jobs.Workflows;

namespace Flasky.Jobs.Serialization;

/// <summary>
/// What a job's envelope says to the queue itself. It travels in the headers, so that an outbox stores it with them; a plain
/// job has none of it and pays nothing. Immutable.
/// </summary>
internal sealed record JobDirectives
{
    /// <summary>Starts the names of these headers; no other header may have it.</summary>
    public const string Reserved = "job-";

    private const string PriorityKey = "job-priority";
    private const string ExpiresKey = "job-expires";
    private const string TrackedKey = "job-tracked";
    private const string UniqueKey = "job-unique";
    private const string DebounceKey = "job-debounce";
    private const string LaneKey = "job-lane";

    /// <summary>report.lua looks for it.</summary>
    private const string WorkflowKey = "job-workflow";

    public static readonly JobDirectives None = new();

    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>Not started after this time, in ms since 1970: by the producer's clock until it is sent, then by Redis's. Null: never too late.</summary>
    public long? ExpiresAtMs { get; init; }

    /// <summary>How long, in ms, the job's notes are kept. Zero: it is not tracked.</summary>
    public long TrackedForMs { get; init; }

    public UniqueDirective? Unique { get; init; }

    public DebounceDirective? Debounce { get; init; }

    /// <summary>The workflow it is part of, which hears of its end. Null: none.</summary>
    public WorkflowPlace? Workflow { get; init; }

    /// <summary>Where it waits for its turn: the job's name if its type is limited, a blank, its limit key if it has one. Null: nowhere.</summary>
    public string? Lane { get; init; }

    /// <summary>Whether the start of the job has to be noted before it runs.</summary>
    public bool NotesStart => TrackedForMs > 0 || Unique is { Until: UniqueUntil.Started };

    /// <summary>Whether the job's success has to be noted, and not only its entry deleted.</summary>
    public bool NotesEnd => TrackedForMs > 0 || Unique is { Until: UniqueUntil.Ended } || Workflow is not null || Lane is not null;

    /// <summary>Whether adding the job takes more than appending it to its stream.</summary>
    public bool NeedsScript => ExpiresAtMs is not null || TrackedForMs > 0 || Unique is not null || Debounce is not null || Lane is not null;

    public void Write(Dictionary<string, string> headers)
    {
        if (Priority != JobPriority.Normal)
            headers[PriorityKey] = Text((int)Priority);
        if (ExpiresAtMs is { } expires)
            headers[ExpiresKey] = Text(expires);
        if (TrackedForMs > 0)
            headers[TrackedKey] = Text(TrackedForMs);
        if (Unique is { } unique)
            headers[UniqueKey] = $"{(int)unique.Until} {Text(unique.ForMs)} {unique.Key}";
        if (Debounce is { } debounce)
            headers[DebounceKey] = $"{Text(debounce.WaitMs)} {Text(debounce.AtMostMs)} {debounce.Key}";
        if (Workflow is { } workflow)
            headers[WorkflowKey] = workflow.ToString();
        // Scripts read this one, as it is written.
        if (Lane is not null)
            headers[LaneKey] = Lane;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="FormatException">Something else wrote it.</exception>
    public static JobDirectives Read(IReadOnlyDictionary<string, string> headers)
    {
        var directives = None;
        foreach (var (name, value) in headers)
        {
            if (name.StartsWith(Reserved, StringComparison.Ordinal))
                directives = directives.With(name, value);
        }
        return directives;
    }

    private JobDirectives With(string name, string value) => name switch
    {
        PriorityKey => this with { Priority = (JobPriority)Number(name, value, most: 4) },
        ExpiresKey => this with { ExpiresAtMs = Number(name, value) },
        TrackedKey => this with { TrackedForMs = Number(name, value) },
        UniqueKey when value.Split(' ', 3) is [var until, var held, var key] =>
            this with { Unique = new UniqueDirective(key, (UniqueUntil)Number(name, until, most: 2), Number(name, held)) },
        DebounceKey when value.Split(' ', 3) is [var wait, var most, var key] =>
            this with { Debounce = new DebounceDirective(key, Number(name, wait), Number(name, most)) },
        WorkflowKey when WorkflowPlace.Parse(value) is { } place => this with { Workflow = place },
        LaneKey => this with { Lane = value },
        // A newer producer may know directives that this worker does not; running the job without is worse than saying so.
        _ => throw new FormatException($"The header {name} is '{value}', which this version does not know."),
    };

    private static long Number(string name, string value, long most = 253_402_300_799_999) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number : throw new FormatException($"The header {name} is '{value}', which is no number in its range.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <param name="Key">Unique in the queue.</param>
/// <param name="Until">When it is free again.</param>
/// <param name="ForMs">The longest it is held.</param>
internal sealed record UniqueDirective(string Key, UniqueUntil Until, long ForMs);

/// <param name="Key">What is one series, in the queue.</param>
/// <param name="WaitMs">How long it must be calm.</param>
/// <param name="AtMostMs">How long after the first of the series it runs at the latest.</param>
internal sealed record DebounceDirective(string Key, long WaitMs, long AtMostMs);
