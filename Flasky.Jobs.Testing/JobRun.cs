namespace Flasky.Jobs.Testing;

/// <summary>One run of a job in a test. Immutable.</summary>
public sealed record JobRun
{
    /// <summary>The job's id.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name, without a version.</summary>
    public required string Name { get; init; }

    /// <summary>How the run left the job: ended, <see cref="JobState.Retrying"/> after a failed attempt, <see cref="JobState.Scheduled"/> after a snooze.</summary>
    public required JobState State { get; init; }

    /// <summary>The attempts used with this run.</summary>
    public required int Attempt { get; init; }

    /// <summary>What the handler threw. Null: nothing.</summary>
    public Exception? Error { get; init; }

    /// <summary>Why it did not succeed, as it is recorded of the job; also where no handler ran. Null: it did.</summary>
    public string? Problem { get; init; }

    /// <summary>The result as JSON. Null: none.</summary>
    public string? Result { get; init; }

    /// <summary>The time until its next run. Null: there is none.</summary>
    public TimeSpan? RunsAgainAfter { get; init; }

    /// <summary>Whether it is the queue's own, which carries a workflow on.</summary>
    internal bool IsReport { get; init; }

    /// <summary>One line for people, for example <c>mail.confirm-account (mail:0199...) retrying at attempt 1: ...</c>.</summary>
    public override string ToString() =>
        $"{Name} ({Id}) {State.ToString().ToLowerInvariant()} at attempt {Attempt}{((Error?.Message ?? Problem) is { } problem ? $": {problem}" : "")}";
}
