using System.Security.Cryptography;
using System.Text;

namespace Flasky.Jobs.Serialization;

/// <summary>Turns what the caller and the job's type ask for into what the envelope says, and refuses what makes no sense.</summary>
internal static class EnqueueRules
{
    private const int LongestKey = 200;

    /// <summary>For one call that enqueues many.</summary>
    public static void CheckMany(EnqueueOptions? options)
    {
        if (options?.Id is not null)
            throw new ArgumentException("Many jobs cannot have one id.", nameof(options));
    }

    /// <summary>When the job is due. Null: at once.</summary>
    public static DateTimeOffset? DueAt(EnqueueOptions? options, DateTimeOffset now)
    {
        if (options is null)
            return null;
        if (options is { Delay: not null, At: not null })
            throw new ArgumentException("A job has a delay or a time, not both.", nameof(options));
        if (options.Delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.Delay, "A delay cannot be negative.");
        if (options.Debounce is { } debounce)
            return options is { Delay: null, At: null } ? now + debounce.Wait : throw new ArgumentException("A debounced job waits for calm; it can have no other delay.", nameof(options));
        return options.Delay > TimeSpan.Zero ? now + options.Delay : options.At > now ? options.At : null;
    }

    public static JobDirectives Directives(EnqueueOptions? options, JobDescription job, string arguments, DateTimeOffset now, DateTimeOffset? dueAt, TimeSpan trackedFor)
    {
        if (options is null && !job.Tracked && !job.Limited && job.Priority == JobPriority.Normal)
            return JobDirectives.None;
        var priority = options?.Priority ?? job.Priority;
        if (!Enum.IsDefined(priority))
            throw new ArgumentOutOfRangeException(nameof(options), priority, "There is no such priority.");
        if (options?.ExpiresAfter <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.ExpiresAfter, "The time after which a job expires must be positive.");
        if (options is { Unique: not null, Debounce: not null })
            throw new ArgumentException("A job is unique or debounced, not both.", nameof(options));
        if (job.HasResult && options?.Tracked == false)
            throw new ArgumentException($"The job '{job.Name}' has a result, so it is always tracked.", nameof(options));
        return new JobDirectives
        {
            Priority = priority,
            ExpiresAtMs = options?.ExpiresAfter is { } expires ? (now + expires).ToUnixTimeMilliseconds() : null,
            TrackedForMs = options?.Tracked ?? job.Tracked ? (long)trackedFor.TotalMilliseconds : 0,
            Unique = options?.Unique is { } unique ? Unique(unique, job, arguments, dueAt - now ?? TimeSpan.Zero) : null,
            Debounce = options?.Debounce is { } debounce ? Debounce(debounce, job) : null,
            Lane = job.Limited || options?.LimitKey is not null ? $"{(job.Limited ? job.Name : "")} {LimitKeyRule.Check(options?.LimitKey)}" : null,
        };
    }

    private static UniqueDirective Unique(JobUnique unique, JobDescription job, string arguments, TimeSpan delay)
    {
        if (unique.For < TimeSpan.FromSeconds(1) || unique.For > TimeSpan.FromDays(365))
            throw new ArgumentOutOfRangeException(nameof(unique), unique.For, "A unique key is held from 1 second to 365 days.");
        if (!Enum.IsDefined(unique.Until))
            throw new ArgumentOutOfRangeException(nameof(unique), unique.Until, "There is no such end of a unique key.");
        var held = unique.Until == UniqueUntil.Window ? unique.For : unique.For + delay;
        return new UniqueDirective(Checked(unique.Key) ?? Content(job.Name, arguments), unique.Until, (long)held.TotalMilliseconds);
    }

    private static DebounceDirective Debounce(JobDebounce debounce, JobDescription job)
    {
        if (debounce.Wait < TimeSpan.FromMilliseconds(1) || debounce.Wait > TimeSpan.FromDays(30))
            throw new ArgumentOutOfRangeException(nameof(debounce), debounce.Wait, "A debounced job waits from 1 millisecond to 30 days.");
        var most = debounce.AtMost ?? debounce.Wait * 10;
        if (most < debounce.Wait)
            throw new ArgumentOutOfRangeException(nameof(debounce), most, "The longest wait of a debounced job cannot be shorter than its wait.");
        return new DebounceDirective(Checked(debounce.Key) ?? job.Name, (long)debounce.Wait.TotalMilliseconds, (long)most.TotalMilliseconds);
    }

    private static string? Checked(string? key) => key switch
    {
        null => null,
        { Length: 0 or > LongestKey } => throw new ArgumentException($"A key has 1 to {LongestKey} characters; '{key}' has {key.Length}.", nameof(key)),
        _ => key,
    };

    private static string Content(string name, string arguments) =>
        $"{name} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(arguments)))}";
}
