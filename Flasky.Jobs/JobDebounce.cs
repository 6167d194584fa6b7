namespace Flasky.Jobs;

/// <summary>
/// A job that runs when there was calm for a while: enqueuing it again before then replaces its arguments and starts the wait
/// anew. The id stays that of the first.
/// </summary>
/// <param name="Wait">How long it must be calm. From 1 millisecond to 30 days.</param>
public sealed record JobDebounce(TimeSpan Wait)
{
    /// <summary>What is one series, at most 200 characters. Null: all jobs of the type in the queue.</summary>
    public string? Key { get; init; }

    /// <summary>The job runs this long after the first of the series at the latest. Null: ten times <see cref="Wait"/>.</summary>
    public TimeSpan? AtMost { get; init; }
}
