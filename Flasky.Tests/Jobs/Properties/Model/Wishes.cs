using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>What a job of the story asks of the queue. Times in hours.</summary>
internal sealed record Wishes
{
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    public int Delay { get; init; }

    public bool Tracked { get; init; }

    /// <summary>Null: never too late.</summary>
    public int? Expires { get; init; }

    public string? Unique { get; init; }

    public UniqueUntil Until { get; init; }

    public string? Debounce { get; init; }

    /// <summary>Whom it is for. Null: nobody.</summary>
    public string? Key { get; init; }

    /// <summary>Whether jobs of its type count together.</summary>
    public bool Limited { get; init; }

    /// <summary>The lane it waits in for its turn; null: in none.</summary>
    public string? Lane => Key is null && !Limited ? null : $"{(Limited ? Names.Limited : "")} {Key}";

    /// <summary>What its slots are counted in.</summary>
    public IEnumerable<string> Buckets => (Key is null ? (string[])[] : [$"key:{Key}"]).Concat(Limited ? [$"job:{Names.Limited}"] : []);

    public EnqueueOptions Options(string queue) => new()
    {
        Queue = queue,
        Priority = Priority,
        Delay = Delay > 0 && Debounce is null ? Delay * Terms.Unit : null,
        Tracked = Tracked,
        LimitKey = Key,
        // Between two hours, for only the producer and the worker look at it, and they need not agree on the millisecond.
        ExpiresAfter = Expires * Terms.Unit - (Terms.Unit / 2),
        Unique = Unique is null ? null : new JobUnique { Key = Unique, Until = Until, For = Terms.UniqueFor * Terms.Unit },
        Debounce = Debounce is null ? null
            : new JobDebounce(Delay * Terms.Unit) { Key = Debounce, AtMost = Terms.DebounceAtMost * Terms.Unit },
    };

    public override string ToString() => string.Join(' ', new[]
    {
        Priority == JobPriority.Normal ? "" : Priority.ToString(), Delay > 0 ? $"in {Delay}h" : "", Tracked ? "tracked" : "",
        Expires is { } expires ? $"expires in {expires}h" : "", Unique is null ? "" : $"unique {Unique} until {Until}", Debounce is null ? "" : $"debounced {Debounce}",
        Key is null ? "" : $"for {Key}", Limited ? "limited" : "",
    }.Where(word => word.Length > 0));
}
