using Flasky.Jobs.Context;
using Flasky.Jobs.Running;

namespace Flasky.Jobs;

/// <summary>What the queue knows of one run of a job. Thread-safe.</summary>
public sealed class JobContext
{
    /// <summary>Where progress goes. Null: nowhere.</summary>
    internal ProgressReporter? Reporter { get; init; }

    /// <summary>Reads what came before in the job's workflow. Null: it is part of none.</summary>
    internal Func<CancellationToken, Task<IReadOnlyList<JobInput>>>? Inputs { get; init; }

    /// <summary>The job's id; the same on every attempt.</summary>
    public required JobId Id { get; init; }

    /// <summary>The wire name.</summary>
    public required string Name { get; init; }

    /// <summary>1 for the first attempt; grows by one each time a handler throws.</summary>
    public required int Attempt { get; init; }

    /// <summary>1 for the first hand-out of this attempt; more when a worker lost the job without settling it.</summary>
    public required int Delivery { get; init; }

    /// <summary>When the job was created, by the producer's clock.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The tick of the recurring job that this job was enqueued for, which may be long past. Null: it was for none.</summary>
    public DateTimeOffset? Tick { get; init; }

    /// <summary>The workflow that the job is part of. Null: it is part of none.</summary>
    public WorkflowId? Workflow { get; init; }

    /// <summary>
    /// What the job carries from where it was enqueued, by the carrier's name; see <see cref="JobContextBuilder"/>. It came through
    /// Redis as text. Default: empty.
    /// </summary>
    public IReadOnlyDictionary<string, string> Carried { get; init; } = ContextFlow.Nothing;

    /// <summary>The user who caused the job. Null: it carries none.</summary>
    public string? UserId => Carried.GetValueOrDefault(CarrierNames.UserId);

    /// <summary>The request that enqueued the job. Null: it carries none.</summary>
    public string? RequestId => Carried.GetValueOrDefault(CarrierNames.RequestId);

    /// <summary>What links to the application start with. Null: the job carries none, or no http address.</summary>
    public Uri? PublicBaseUrl => PublicBaseUrlCarrier.Parse(Carried.GetValueOrDefault(CarrierNames.PublicBaseUrl));

    /// <summary>
    /// Says how far the job is, for whoever watches it; kept only if the job is tracked. Returns at once and may be called as
    /// often as you like: one report is on its way at a time, and the last one always arrives.
    /// </summary>
    /// <param name="fraction">From 0 to 1.</param>
    /// <param name="message">What it does just now; at most 500 characters are kept. Null: nothing to say.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public void ReportProgress(double fraction, string? message = null)
    {
        if (fraction is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "Progress is a number from 0 to 1.");
        Reporter?.Report(new JobProgress(fraction, message is { Length: > 500 } ? message[..500] : message));
    }
}
