using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>Runs jobs one at a time, when told to, by the same <see cref="JobRunner"/> as a worker in production. Thread-safe.</summary>
/// <param name="runners">None if the host under test has no handlers.</param>
internal sealed class MemoryWorker(
    MemoryStore store, JobTestingOptions testing, IEnumerable<JobRunner> runners, IEnumerable<JobRegistry> registries, IOptions<JobWorkerOptions> options, TimeProvider time, ILogger<MemoryWorker> logger)
{
    private const string Name = "test";

    private static readonly AsyncLocal<int> Depth = new();

    private readonly JobRunner? runner = runners.LastOrDefault();
    private readonly JobRegistry? registry = registries.LastOrDefault();

    /// <summary>The queues that the host's handlers serve.</summary>
    /// <exception cref="InvalidOperationException">It has none.</exception>
    public IReadOnlySet<string> Served => registry?.Queues ?? throw new InvalidOperationException(
        "The host under test has no handlers, so no job can run. Name them: AddJobTesting(testing => testing.Handle(worker => worker.Handle<MyJob, MyHandler>())).");

    /// <summary>Runs the job whose turn it is. Null: none is ready.</summary>
    public async Task<JobRun?> RunNextAsync() => store.Claim(Served) is { } job ? await RunAsync(job).ConfigureAwait(false) : null;

    /// <summary>Runs one job if it is ready, as part of its enqueue.</summary>
    /// <exception cref="JobTestException">Its handler threw, and the options ask to be told; or enqueues nest without end.</exception>
    public async Task RunInlineAsync(JobId id)
    {
        if (Depth.Value >= testing.MaxRuns)
            throw new JobTestException($"Jobs enqueue each other {testing.MaxRuns:N0} deep, the last one {id}. It looks endless; if it is not, raise JobTestingOptions.MaxRuns.");
        if (store.Claim(Served, only: id.Value) is not { } job)
            return;
        var run = await RunAsync(job).ConfigureAwait(false);
        if (testing.ThrowsHandlerErrors && run is { State: JobState.Retrying or JobState.Failed })
            throw new JobTestException($"The job {run} inside its enqueue. With JobTestingOptions.ThrowsHandlerErrors = false it is only kept.", run.Error);
    }

    private async Task<JobRun> RunAsync(RunningJob job)
    {
        var claimed = job.Claimed;
        var wire = WireJob.Parse(claimed.Job)!.Value;
        var id = new JobId(claimed.Queue, Guid.ParseExact(claimed.Id, "N"));
        var outcome = await OutsideOfTheCallerAsync(() => runner!.RunAsync(job, new MemoryAccess(store, id, Name, time, logger))).ConfigureAwait(false);
        var (error, settlement) = (job.Error, outcome.Settlement);
        // It was cancelled while it failed: it has no next attempt.
        if (store.Settle(id, settlement, options.Value.DeadCapacity, Name) == SettleReply.Cancelled)
            store.Settle(id, settlement = settlement! with { State = JobState.Cancelled, Delay = null }, options.Value.DeadCapacity, Name);
        return new JobRun
        {
            Id = id,
            Name = JobWireName.Parse(wire.Name).Name,
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
    private static Task<T> OutsideOfTheCallerAsync<T>(Func<Task<T>> run)
    {
        var depth = Depth.Value + 1;
        using var _ = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        return Task.Run(() =>
        {
            Depth.Value = depth;
            return run();
        });
    }
}
