using Flasky.Jobs.Redis;
using System.Diagnostics;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;
using Flasky.Jobs.Tracking;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The producer's side of the queue in memory.</summary>
/// <param name="production">Makes the envelopes, as in production; Redis it needs only to send them.</param>
internal sealed class MemoryJobQueue(
    RedisJobQueue production, MemoryStore store, MemoryWorker worker, JobArguments arguments, JobTestingOptions testing, IJobTracking tracking) : IJobQueue
{
    public JobEnvelope Create<TJob>(TJob job, EnqueueOptions? options = null) where TJob : IJob
    {
        var envelope = production.Create(job, options);
        arguments.CheckRoundTrip(job, envelope);
        return envelope;
    }

    public async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await SendAsync(jobs, mayBeRepeated: true, cancellationToken).ConfigureAwait(false);
    }

    public async Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob =>
        (await SendAsync([Create(job, options)], mayBeRepeated: options?.Id is not null, cancellationToken).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync<TJob>(
        IEnumerable<TJob> jobs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(jobs);
        EnqueueRules.CheckMany(options);
        return await SendAsync([.. jobs.Select(job => Create(job, options))], mayBeRepeated: false, cancellationToken).ConfigureAwait(false);
    }

    public async Task<JobHandle<TResult>> EnqueueForResultAsync<TResult>(
        IJob<TResult> job, EnqueueOptions? options = null, CancellationToken cancellationToken = default) =>
        Find<TResult>(await EnqueueAsync(job, options, cancellationToken).ConfigureAwait(false));

    public JobHandle Find(JobId id) => new(id, tracking);

    public JobHandle<TResult> Find<TResult>(JobId id) => new(id, tracking);

    private async Task<JobId[]> SendAsync(IReadOnlyList<JobEnvelope> jobs, bool mayBeRepeated, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.BeginSend();
        var ids = jobs.Select(job => Add(job, mayBeRepeated)).ToArray();
        for (var i = 0; testing.Mode == JobTestingMode.Inline && i < ids.Length; i++)
            await worker.RunInlineAsync(ids[i]).ConfigureAwait(false);
        return ids;
    }

    private JobId Add(JobEnvelope job, bool mayBeRepeated)
    {
        using var span = JobsTelemetry.Start("send", ActivityKind.Producer, job.Id, job.Name, JobsTelemetry.Parent(job.Headers));
        var id = store.Add(job, JobSender.HeadersOf(job, span), mayBeRepeated);
        JobsTelemetry.Sent.Add(1, JobsTelemetry.Tags(job.Id.Queue, "send"));
        return id;
    }
}
