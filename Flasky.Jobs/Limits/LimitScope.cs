using Flasky.Jobs.Serialization;

namespace Flasky.Jobs;

/// <summary>What a limit holds for, within one queue. Immutable; equal if it names the same.</summary>
public readonly record struct LimitScope
{
    private const string KeyStart = "key:";
    private const string JobStart = "job:";

    private LimitScope(string text) => Text = text;

    /// <summary>All jobs of the queue.</summary>
    public static LimitScope Queue { get; } = new("queue");

    /// <summary>Each key that has no limit of its own or of its group: every one counts for itself.</summary>
    public static LimitScope EveryKey { get; } = new(KeyStart + "*");

    /// <summary>As it is spelled in Redis: <c>queue</c>, <c>job:NAME</c>, <c>key:KEY</c>, <c>key:GROUP:*</c> or <c>key:*</c>.</summary>
    internal string Text { get => field ?? "queue"; }

    /// <summary>All jobs of one type together.</summary>
    /// <exception cref="InvalidOperationException">The type is not marked as <see cref="JobAttribute.Limited"/>, so its jobs would not be counted.</exception>
    public static LimitScope Job<TJob>() where TJob : IJob => JobNames<TJob>.Description is { Limited: true, Name: var name }
        ? Job(name)
        : throw new InvalidOperationException($"Jobs of {typeof(TJob)} do not count together. Say so where it is defined: [Job(\"{JobNames<TJob>.Name}\", Limited = true)].");

    /// <summary>All jobs of one type together, for who has no more than its wire name. Holds for nothing unless the type is <see cref="JobAttribute.Limited"/>.</summary>
    public static LimitScope Job(string name)
    {
        JobNames.Check(name, "The job name");
        return new LimitScope(JobStart + name);
    }

    /// <summary>All jobs of one <see cref="EnqueueOptions.LimitKey"/>, of whatever type.</summary>
    /// <exception cref="ArgumentException">The key is not valid.</exception>
    public static LimitScope Key(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new LimitScope(KeyStart + LimitKeyRule.Check(key));
    }

    /// <summary>Each key that begins with <paramref name="group"/> and a colon and has no limit of its own: every one counts for itself.</summary>
    /// <param name="group">Without a colon, for example <c>tenant</c> for <c>tenant:42</c>.</param>
    /// <exception cref="ArgumentException">The group is not valid.</exception>
    public static LimitScope KeysOf(string group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Contains(':', StringComparison.Ordinal))
            throw new ArgumentException($"A group of keys is what stands before their first colon; '{group}' has one.", nameof(group));
        return new LimitScope($"{KeyStart}{LimitKeyRule.Check(group)}:*");
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <param name="text">Nothing but what <see cref="Text"/> gave.</param>
    internal static LimitScope Parse(string text) => new(text);
}
