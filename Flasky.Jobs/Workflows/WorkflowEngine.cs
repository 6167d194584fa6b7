using System.Globalization;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Workflows;

/// <summary>
/// Carries workflows on: notes what ended, and begins or cancels what follows. Each report may be applied any number of times, in part or whole, by
/// any worker: every step is noted once, and who caused it repeats what follows until its report is settled. A singleton; safe for concurrent use.
/// </summary>
internal sealed partial class WorkflowEngine(IWorkflowStore store, IJobQueue jobs, IJobTracking tracking, TimeProvider time, ILogger<WorkflowEngine> logger)
{
    /// <summary>The cause of what the start itself leads to.</summary>
    public const int Start = -1;

    /// <summary>The cause of what a cancellation leads to.</summary>
    public const int Cancel = -2;

    /// <summary>Jobs begun or cancelled at once: enough to hide round trips, few enough for one script.</summary>
    private const int BatchSize = 128;

    private const int LongestError = 500;

    public async Task ApplyAsync(WorkflowReport report, CancellationToken cancellationToken)
    {
        var id = WorkflowId.Parse(report.Workflow, CultureInfo.InvariantCulture);
        if (await store.ShapeAsync(id, cancellationToken).ConfigureAwait(false) is not { } shape)
        {
            LogGone(id);
            return;
        }
        var state = WireState.Read(report.State) ?? throw new JobDiscardedException($"'{report.State}' is no state of a job that this version knows.");
        var advance = new Advance(id, shape, store, report.Node);
        if (report.Node != WorkflowReport.Whole)
            await advance.EndAsync(shape[report.Node], state, Short(report.Error), report.Result ?? "", cancellationToken).ConfigureAwait(false);
        else if (state == JobState.Cancelled)
            advance.Stopped = shape.Root;
        else
            await advance.StartAsync(cancellationToken).ConfigureAwait(false);

        await BeginAsync(id, shape, advance.Ready, cancellationToken).ConfigureAwait(false);
        if (advance.Stopped is { } stopped)
            await CancelJobsAsync(id, shape, stopped, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>False if it had ended before or is gone.</returns>
    public async Task<bool> CancelAsync(WorkflowId id, CancellationToken cancellationToken)
    {
        if (await store.ShapeAsync(id, cancellationToken).ConfigureAwait(false) is not { } shape)
            return false;
        // Should this process die in between, a worker cancels the jobs. But not only a worker: all of them may be busy with these jobs.
        var ending = new NodeEnding(shape.Root, shape.Root.Policy, JobState.Cancelled, Cancel)
        {
            Along = new WorkflowReport(id.ToString(), WorkflowReport.Whole, WireState.Write(JobState.Cancelled)),
        };
        if (await store.EndAsync(id, ending, cancellationToken).ConfigureAwait(false) is not { State: JobState.Cancelled })
            return false;
        await CancelJobsAsync(id, shape, shape.Root, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task BeginAsync(WorkflowId id, WorkflowShape shape, IReadOnlyList<WorkflowNode> ready, CancellationToken cancellationToken)
    {
        foreach (var batch in ready.Chunk(BatchSize))
        {
            var members = await store.BeginAsync(id, shape, batch, cancellationToken).ConfigureAwait(false);
            if (members.Count == 0)
                continue;
            var now = time.GetUtcNow();
            await jobs.SendAsync(
                [.. members.Select(begun => begun.Member.ToEnvelope(new WorkflowPlace(id, begun.Node.Number).JobIn(begun.Node.Queue), now))],
                cancellationToken).ConfigureAwait(false);
            await store.BegunAsync(id, [.. members.Select(begun => begun.Node.Number)], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CancelJobsAsync(WorkflowId id, WorkflowShape shape, WorkflowNode within, CancellationToken cancellationToken)
    {
        foreach (var batch in shape.JobsIn(within).Chunk(BatchSize))
        {
            var states = await store.StatesAsync(id, Array.ConvertAll(batch, job => job.Number), cancellationToken).ConfigureAwait(false);
            // One that is only just being enqueued is marked as well, and does not start when it arrives.
            await Task.WhenAll(batch.Where((_, i) => states[i] is { HasBegun: true, Ended: null })
                .Select(job => tracking.CancelAsync(new WorkflowPlace(id, job.Number).JobIn(job.Queue), cancellationToken))).ConfigureAwait(false);
        }
    }

    private static string Short(string? error) => error is { Length: > LongestError } ? error[..LongestError] : error ?? "";

    [LoggerMessage(Level = LogLevel.Information, Message = "Workflow {Workflow} is not known any more; a late report of it is dropped")]
    private partial void LogGone(WorkflowId workflow);
}
