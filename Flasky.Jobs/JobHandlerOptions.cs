namespace Flasky.Jobs;

/// <summary>How jobs of one kind are run, where it differs from <see cref="JobWorkerOptions"/>. Set while the host is built.</summary>
public sealed class JobHandlerOptions
{
    private readonly List<Func<Exception, JobContext, FailureAction?>> rules = [];

    /// <summary>Attempts before the job is dead. Null: <see cref="JobWorkerOptions.MaxAttempts"/>.</summary>
    public int? MaxAttempts { get; set; }

    /// <summary>Null: <see cref="JobWorkerOptions.RetryDelay"/>.</summary>
    public TimeSpan? RetryDelay { get; set; }

    /// <summary>Null: <see cref="JobWorkerOptions.MaxRetryDelay"/>.</summary>
    public TimeSpan? MaxRetryDelay { get; set; }

    /// <summary>After this long the handler's token is cancelled, and what it throws then is a failed attempt. Null: never.</summary>
    public TimeSpan? Timeout { get; set; }

    /// <summary>
    /// After this long the attempt has failed even if the handler does not react: its slot and the job are free for others, and
    /// whatever it still does is recorded nowhere. Null: never.
    /// </summary>
    public TimeSpan? HardTimeout { get; set; }

    /// <summary>Says what follows from an exception. The first rule added that fits decides; without any, the job is retried.</summary>
    /// <param name="decide">Gets the exception and the run. Null as an answer: the next rule decides.</param>
    /// <returns>This.</returns>
    public JobHandlerOptions On<TException>(Func<TException, JobContext, FailureAction?> decide) where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(decide);
        rules.Add((error, context) => error is TException match ? decide(match, context) : null);
        return this;
    }

    /// <inheritdoc cref="On{TException}(Func{TException, JobContext, FailureAction?})"/>
    public JobHandlerOptions On<TException>(FailureAction action) where TException : Exception => On<TException>((_, _) => action);

    internal FailureAction ActionFor(Exception error, JobContext context) => error switch
    {
        JobDiscardedException => FailureAction.Discard,
        JobSnoozedException snoozed => FailureAction.Snooze(snoozed.Delay),
        JobRetryException retry => FailureAction.RetryAfter(retry.Delay),
        _ => rules.Select(rule => rule(error, context)).FirstOrDefault(action => action is not null) ?? FailureAction.Retry,
    };

    internal void Check(string job)
    {
        if (MaxAttempts is < 1)
            throw new InvalidOperationException($"Job '{job}' must have at least one attempt; MaxAttempts is {MaxAttempts}.");
        foreach (var (name, value) in new[] { (nameof(RetryDelay), RetryDelay), (nameof(MaxRetryDelay), MaxRetryDelay) })
        {
            if (value < TimeSpan.Zero)
                throw new InvalidOperationException($"{name} of job '{job}' cannot be negative; it is {value}.");
        }
        foreach (var (name, value) in new[] { (nameof(Timeout), Timeout), (nameof(HardTimeout), HardTimeout) })
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromDays(24))
                throw new InvalidOperationException($"{name} of job '{job}' must be positive and at most 24 days; it is {value}.");
        }
        if (HardTimeout < Timeout)
            throw new InvalidOperationException($"HardTimeout of job '{job}' cannot come before its Timeout.");
    }
}
