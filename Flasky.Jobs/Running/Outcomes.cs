using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Running;

/// <summary>What is to be recorded of a run, from how it ended.</summary>
internal static class Outcomes
{
    public static JobOutcome Success(DecodedJob job, string result) => job.Directives.NotesEnd || result.Length > 0
        ? new JobOutcome(New(job, JobState.Succeeded) with { Result = result })
        : JobOutcome.Succeeded;

    /// <summary>It ended without a run.</summary>
    public static JobOutcome End(DecodedJob job, JobState state, string reason) =>
        new(New(job, state) with { Attempt = job.Wire.Attempts, Job = job.Wire.ToString(), Error = reason });

    /// <summary>It cannot be run, not even read.</summary>
    public static JobOutcome Unreadable(ClaimedJob claimed, WireJob? wire, JobDirectives directives, string problem) => new(new Settlement
    {
        State = JobState.Failed,
        Attempt = wire?.Attempts ?? 0,
        Job = claimed.Job,
        History = claimed.History,
        Directives = directives,
        Error = problem,
    });

    public static JobOutcome Failure(DecodedJob job, Exception error, JobWorkerOptions worker, string consumer, DateTimeOffset now)
    {
        var (context, options) = (job.Context, job.Registration.Options);
        var action = options.ActionFor(error, context);
        var attempts = options.MaxAttempts ?? worker.MaxAttempts;
        if (action.Kind == FailureKind.Snooze)
            return new JobOutcome(New(job, JobState.Scheduled) with { Attempt = job.Wire.Attempts, Job = job.Wire.ToString(), Delay = action.Delay, Error = error.Message });

        var text = error is JobDiscardedException ? $"Discarded: {error.Message}" : error.ToString();
        var dead = action.Kind == FailureKind.Discard || context.Attempt >= attempts;
        if (dead && error is not JobDiscardedException)
            text = action.Kind == FailureKind.Discard ? $"Discarded: {text}" : $"Attempt {context.Attempt} of {attempts} failed: {text}";
        var state = dead ? JobState.Failed : JobState.Retrying;
        return new JobOutcome(New(job, state) with
        {
            Error = JobHistory.Shorten(text),
            History = JobHistory.Append(job.Claimed.History, new JobEvent(now, state, context.Attempt, consumer, text)),
            Delay = dead ? null : action.Delay ?? RetryDelays.Next(context.Attempt, options, worker),
        });
    }

    public static JobOutcome Cancelled(DecodedJob job) => new(New(job, JobState.Cancelled));

    private static Settlement New(DecodedJob job, JobState state) => new()
    {
        State = state,
        Attempt = job.Context.Attempt,
        Job = (job.Wire with { Attempts = job.Context.Attempt }).ToString(),
        History = job.Claimed.History,
        Directives = job.Directives,
    };
}
