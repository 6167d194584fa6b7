using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>Runs jobs one at a time, when told to, by the same <see cref="JobRunner"/> as a worker in production. Thread-safe.</summary>
/// <param name="runners">None if the host under test has no handlers.</param>
internal sealed class MemoryWorker(
    MemoryStore store, JobTestingOptions testing, IEnumerable<JobRunner> runners, IEnumerable<JobRegistry> registries, IOptions<JobWorkerOptions> options, TimeProvider time, ILogger<MemoryWorker> logger)
{
    private const string Name = "test";

    private static readonly AsyncLocal<Nesting?> Around = new();

    private readonly JobRunner? runner = runners.LastOrDefault();
    private readonly JobRegistry? registry = registries.LastOrDefault();

    /// <summary>The queues that the host's handlers serve.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public IReadOnlySet<string> Served => registry?.Queues ?? throw new InvalidOperationException(
        "The host under test has no handlers, so no job can run. Name them: AddJobTesting(testing => testing.Handle(worker => worker.Handle<MyJob, MyHandler>())).");

    /// <summary>Runs the job whose turn it is. Null: none is ready.</summary>
    public async Task<JobRun?> RunNextAsync() => store.Claim(Served) is { } job ? await RunAsync(job).ConfigureAwait(false) : null;

    /// <summary>Runs one job if it is ready, as part of its enqueue, and what follows of it in its workflow.</summary>
    /// <exception cref="JobTestException">Its handler threw, or that of a job that follows, and the options ask to be told; or enqueues nest without end.</exception>
    public async Task RunInlineAsync(JobId id)
    {
        if (Around.Value?.Depth >= testing.MaxRuns)
            throw new JobTestException($"Jobs enqueue each other {testing.MaxRuns:N0} deep, the last one {id}. It looks endless; if it is not, raise JobTestingOptions.MaxRuns.");
        if (store.Claim(Served, job => job.Wire.Id == id.Value.ToString("N")) is not { } job)
            return;
        var failures = Around.Value?.Failures ?? [];
        Tell(failures, await RunAsync(job).ConfigureAwait(false));
        await FollowInlineAsync(failures).ConfigureAwait(false);
    }

    /// <summary>In <see cref="JobTestingMode.Inline"/>, carries workflows on as far as it goes. Does nothing where a worker's own run does so already.</summary>
    /// <exception cref="JobTestException">As for <see cref="RunInlineAsync"/>.</exception>
    public Task FollowInlineAsync() => testing.Mode == JobTestingMode.Inline && registry is not null ? FollowInlineAsync([]) : Task.CompletedTask;

    private async Task FollowInlineAsync(List<JobTestException> failures)
    {
        if (Around.Value?.Failures is not null)
            return;
        while (store.Claim(Served, MemoryReports.IsReport) is { } report)
            Tell(failures, await RunAsync(report, failures).ConfigureAwait(false));
        if (failures.Count > 0)
            throw failures[0];
    }

    private void Tell(List<JobTestException> failures, JobRun run)
    {
        if (testing.ThrowsHandlerErrors && run is { State: JobState.Retrying or JobState.Failed })
            failures.Add(new JobTestException($"The job {run} inside its enqueue. With JobTestingOptions.ThrowsHandlerErrors = false it is only kept.", run.Error));
    }

    /// <param name="failures">For what the jobs come to that a report begins: its handler knows nothing of them. Null: the job is no such.</param>
    private async Task<JobRun> RunAsync(RunningJob job, List<JobTestException>? failures = null)
    {
        var claimed = job.Claimed;
        var wire = WireJob.Parse(claimed.Job)!.Value;
        var id = new JobId(claimed.Queue, Guid.ParseExact(claimed.Id, "N"));
        var outcome = await OutsideOfTheCallerAsync(failures, () => runner!.RunAsync(job, new MemoryAccess(store, id, Name, time, logger)).AsTask()).ConfigureAwait(false);
        var (error, settlement) = (job.Error, outcome.Settlement);
        // It was cancelled while it failed: it has no next attempt.
        if (store.Settle(id, settlement, options.Value.DeadCapacity, Name) == SettleReply.Cancelled)
            store.Settle(id, settlement = settlement! with { State = JobState.Cancelled, Delay = null }, options.Value.DeadCapacity, Name);
        return new JobRun
        {
            Id = id,
            Name = JobWireName.Parse(wire.Name).Name,
            IsReport = wire.Name == WorkflowReport.Name,
            State = settlement?.State ?? JobState.Succeeded,
            Attempt = settlement?.Attempt ?? wire.Attempts + 1,
            Error = error,
            Problem = settlement is { Error.Length: > 0 } ? settlement.Error : null,
            Result = settlement is { Result.Length: > 0 } ? settlement.Result : null,
            RunsAgainAfter = settlement?.Delay,
        };
    }

    /// <summary>
    /// A job in production runs in another process. So nothing of the test's or the request's flow, its culture, activity or user, reaches
    /// the handler, but what the job carries.
    /// </summary>
    private static Task<T> OutsideOfTheCallerAsync<T>(List<JobTestException>? failures, Func<Task<T>> run)
    {
        var nesting = new Nesting((Around.Value?.Depth ?? 0) + 1, failures);
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Run(() =>
        {
            Around.Value = nesting;
            return run();
        });
    }

    /// <param name="Depth">How many runs are around this one.</param>
    /// <param name="Failures">Where to tell what inline runs come to. Null: they throw.</param>
    private sealed record Nesting(int Depth, List<JobTestException>? Failures);
}
