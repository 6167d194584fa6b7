using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>What travels with a job from place to place. Immutable.</summary>
/// <param name="Id">Its short name.</param>
/// <param name="Attempts">Those that are used up.</param>
/// <param name="Wishes">What it asks of the queue.</param>
/// <param name="ExpiresAt">Null: never.</param>
internal sealed record ModelJob(string Id, int Attempts, Wishes Wishes, int? ExpiresAt)
{
    /// <summary>The hour in which it came to Redis.</summary>
    public int SentAt { get; init; }

    /// <summary>Which job of which workflow it is. Null: of none.</summary>
    public Member? Member { get; init; }

    /// <summary>The workflow that it carries on, if it is a report. Null: it is none.</summary>
    public string? Reports { get; init; }

    /// <summary>The hour in which it came to its lane, if it waits in one.</summary>
    public int ReadyAt { get; init; }

    public bool NotesStart => Wishes.Tracked || Wishes is { Unique: not null, Until: UniqueUntil.Started };

    public bool NotesEnd => Wishes.Tracked || Wishes is { Unique: not null, Until: UniqueUntil.Ended } || Wishes.Lane is not null || Member is not null;

    /// <summary>The unique key that its end lets go.</summary>
    public string? FreedKey => Wishes.Until == UniqueUntil.Window ? null : Wishes.Unique;
}

/// <param name="Workflow">Its short name.</param>
/// <param name="Node">The job's number in the workflow's shape.</param>
internal sealed record Member(string Workflow, int Node);

/// <summary>An entry of a stream: ready while nobody holds it.</summary>
internal sealed class ModelEntry(ModelJob job)
{
    public ModelJob Job => job;

    /// <summary>In the stream of those whose turn came, and not in that of its priority.</summary>
    public bool HadTurn { get; init; }

    public string? Holder { get; set; }

    public int Delivery { get; set; }

    public int HeldSince { get; set; }
}

/// <summary>A hand-out, as the worker that got it knows it.</summary>
internal sealed record Claim(ModelEntry Entry, string Holder, int Delivery)
{
    /// <summary>The fence of every script: whether the delivery is still the worker's.</summary>
    public bool Holds => Entry.Holder == Holder && Entry.Delivery == Delivery;

    public ModelJob Job => Entry.Job;
}

internal sealed record Scheduled(ModelJob Job, int Due);

/// <param name="TellsWishes">Whether they tell what the job asked for; not if they were forgotten in between.</param>
internal sealed record Notes(JobState State, int Attempt, string Worker, int Until, bool TellsWishes);

internal sealed record Holding(string Id, int Until);

/// <param name="Deadline">When the series runs at the latest.</param>
internal sealed record Series(string Id, int Deadline, int Until);
