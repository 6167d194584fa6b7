using Flasky.Jobs;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>What comes of a run.</summary>
/// <param name="State">What is to be recorded. Null: nothing, for the job is another's.</param>
/// <param name="Attempts">Used up then.</param>
/// <param name="Delay">Until it runs again, in hours. Null: it does not.</param>
/// <param name="Ran">Whether the handler was called.</param>
internal sealed record Expectation(JobState? State, int Attempts, int? Delay, bool Ran)
{
    private static readonly Expectation Lost = new(null, 0, null, Ran: false);

    /// <summary>As the model says, which notes the start.</summary>
    public static Expectation Of(QueueModel model, HeldJob held, Ending ending, int delay)
    {
        var (claim, job) = (held.Claim, held.Claim.Job);
        Expectation Ended(JobState state) => new(state, job.Attempts, null, Ran: false);
        if (held.Running.StopReason == StopReason.Cancelled)
            return Ended(JobState.Cancelled);
        if (claim.Delivery > Terms.MaxDeliveries)
            return Ended(JobState.Failed);
        if (job.ExpiresAt <= model.Now)
            return Ended(JobState.Expired);
        if (model.Start(claim) is { } reply and not StartReply.Started)
            return reply == StartReply.Cancelled ? Ended(JobState.Cancelled) : Lost;
        if (!held.MayStart(model.Now))
            return Lost;
        var attempt = job.Attempts + 1;
        if (job.Reports is not null)
            return new(JobState.Succeeded, attempt, null, Ran: false);
        return ending switch
        {
            Ending.Succeed => new(JobState.Succeeded, attempt, null, Ran: true),
            Ending.Fail when attempt < Terms.MaxAttempts => new(JobState.Retrying, attempt, delay, Ran: true),
            Ending.Snooze => new(JobState.Scheduled, job.Attempts, delay, Ran: true),
            _ => new(JobState.Failed, attempt, null, Ran: true),
        };
    }

    /// <summary>As it was.</summary>
    public static Expectation Of(JobOutcome outcome, Claim claim, bool ran) => outcome switch
    {
        { IsAbandoned: true } => Lost with { Ran = ran },
        { Settlement: { } settled } => new(settled.State, settled.Attempt, settled.Delay is { } delay ? (int)(delay / Terms.Unit) : null, ran),
        _ => new(claim.Job.NotesEnd ? null : JobState.Succeeded, claim.Job.Attempts + 1, null, ran),
    };
}
