using Flasky.Jobs.Context;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs;

/// <summary>The producer's side of the queue.</summary>
internal sealed class RedisJobQueue(JobSender sender, IOptions<FlaskyJobsOptions> options, JobSerializer serializer, ContextFlow context, IJobTracking tracking, TimeProvider time) : IJobQueue
{
    public JobEnvelope Create<TJob>(TJob job, EnqueueOptions? enqueue = null) where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(job);
        // By what it is, not by what the caller calls it: a job may be passed as IJob<TResult>.
        var description = typeof(TJob).IsInterface ? JobNames.Of(job) : JobNames<TJob>.Description;
        var queue = enqueue?.Queue ?? description.Queue;
        JobNames.Check(queue, "The queue");

        var now = time.GetUtcNow();
        var dueAt = EnqueueRules.DueAt(enqueue, now);
        var arguments = serializer.ToJson(job);
        var directives = EnqueueRules.Directives(enqueue, description, arguments, now, dueAt, options.Value.TrackedFor);
        return new JobEnvelope
        {
            Id = enqueue?.Id is { } id ? new JobId(queue, id) : JobId.New(queue, time),
            Name = description.WireName,
            Arguments = serializer.Seal(arguments, description, queue),
            Headers = context.Capture(description.Name, directives),
            CreatedAt = now,
            DueAt = dueAt,
        };
    }

    public Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return sender.SendAsync(jobs, mayBeRepeated: true, cancellationToken);
    }

    public async Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob
    {
        var envelope = Create(job, options);
        // A fresh id was never sent before, so it needs no marker in Redis.
        return (await sender.SendAsync([envelope], mayBeRepeated: options?.Id is not null, cancellationToken).ConfigureAwait(false))[0];
    }

    public async Task<JobHandle<TResult>> EnqueueForResultAsync<TResult>(
        IJob<TResult> job, EnqueueOptions? options = null, CancellationToken cancellationToken = default) =>
        Find<TResult>(await EnqueueAsync(job, options, cancellationToken).ConfigureAwait(false));

    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync<TJob>(
        IEnumerable<TJob> jobs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(jobs);
        EnqueueRules.CheckMany(options);
        var sent = await JobSender.FewAtOnceAsync(jobs.Chunk(JobSender.PipelineSize).Select(batch =>
            sender.SendAsync(Array.ConvertAll(batch, job => Create(job, options)), mayBeRepeated: false, cancellationToken))).ConfigureAwait(false);
        return [.. (await Task.WhenAll(sent).ConfigureAwait(false)).SelectMany(ids => ids)];
    }

    public JobHandle Find(JobId id) => new(id, tracking);

    public JobHandle<TResult> Find<TResult>(JobId id) => new(id, tracking);
}
