using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>Where handles read from in a test. Thread-safe.</summary>
internal sealed class MemoryTracking(MemoryStore store, MemoryWorker worker, JobTestingOptions testing, IOptions<JobJsonOptions> json) : IJobTracking
{
    public Task<JobStatus?> ReadAsync(JobId id, CancellationToken cancellationToken) => Task.FromResult(store.Status(id));

    public async Task<JobCancellation> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        var reply = store.Cancel(id);
        // It may be part of a workflow.
        await worker.FollowInlineAsync().ConfigureAwait(false);
        return reply;
    }

    public async IAsyncEnumerable<JobStatus> WatchAsync(JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobStatus? last = null;
        while (last?.State.IsEnd() != true)
        {
            var changed = store.Changed;
            var status = store.Status(id) ?? throw new InvalidOperationException($"Nothing is known of job {id}. Was it enqueued as tracked, and did it not end too long ago?");
            if (last is null || status.State != last.State || status.Progress != last.Progress || status.Attempt != last.Attempt || !status.History.SequenceEqual(last.History))
            {
                yield return last = status;
                continue;
            }
            if (testing.Mode == JobTestingMode.Record)
                throw new JobTestException($"Nobody runs job {id} ({status.Name}), so waiting for it would never end: jobs are only recorded. Choose JobTestingMode.Inline or JobTestingMode.Drain.");
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public JsonTypeInfo<TResult> ResultType<TResult>() => (JsonTypeInfo<TResult>)json.Value.SerializerOptions.GetTypeInfo(typeof(TResult));
}
