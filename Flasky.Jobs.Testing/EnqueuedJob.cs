using Flasky.Jobs.Context;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Testing;

/// <summary>A job that was enqueued in a test, with what it was enqueued with. Immutable.</summary>
public class EnqueuedJob
{
    private readonly JobDirectives directives;

    internal EnqueuedJob(JobEnvelope envelope, string arguments)
    {
        (Envelope, Arguments) = (envelope, arguments);
        directives = JobDirectives.Read(envelope.Headers);
    }

    /// <summary>What went to the queue.</summary>
    public JobEnvelope Envelope { get; }

    /// <summary>The job's id.</summary>
    public JobId Id => Envelope.Id;

    /// <summary>The wire name, without a version.</summary>
    public string Name => JobWireName.Parse(Envelope.Name).Name;

    /// <summary>The arguments as JSON, decrypted.</summary>
    public string Arguments { get; }

    /// <summary>The queue it went to.</summary>
    public string Queue => Id.Queue;

    /// <summary>How long it waits after it was enqueued, debounce included. Zero: it was ready at once.</summary>
    public TimeSpan Delay => Envelope.DueAt - Envelope.CreatedAt ?? TimeSpan.Zero;

    /// <summary>Its priority.</summary>
    public JobPriority Priority => directives.Priority;

    /// <summary>How long after its enqueue it expires. Null: never.</summary>
    public TimeSpan? ExpiresAfter => directives.ExpiresAtMs is { } expires ? DateTimeOffset.FromUnixTimeMilliseconds(expires) - Envelope.CreatedAt : null;

    /// <summary>Whether it is tracked.</summary>
    public bool IsTracked => directives.TrackedForMs > 0;

    /// <summary>The key it is unique by. Null: it need not be unique.</summary>
    public string? UniqueKey => directives.Unique?.Key;

    /// <summary>The series it is debounced with. Null: it is not.</summary>
    public string? DebounceKey => directives.Debounce?.Key;

    /// <summary>What it carries from where it was enqueued, by the carrier's name.</summary>
    public IReadOnlyDictionary<string, string> Context => ContextFlow.Carried(Envelope.Headers);

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Name} {Arguments} in '{Queue}'{(Delay > TimeSpan.Zero ? $", delayed {Delay}" : "")}{(Priority != JobPriority.Normal ? $", {Priority.ToString().ToLowerInvariant()}" : "")}";
}

/// <summary>A job of a known type that was enqueued in a test.</summary>
/// <typeparam name="TJob">The job's type.</typeparam>
public sealed class EnqueuedJob<TJob> : EnqueuedJob where TJob : IJob
{
    internal EnqueuedJob(JobEnvelope envelope, string arguments, TJob job) : base(envelope, arguments) => Job = job;

    /// <summary>The job as a handler would get it: written as JSON and read again.</summary>
    public TJob Job { get; }
}
