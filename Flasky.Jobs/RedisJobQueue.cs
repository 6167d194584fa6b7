using System.Collections.Concurrent;
using System.Diagnostics;
using Flasky.Jobs.Context;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs;

/// <summary>The producer's side of the queue.</summary>
internal sealed class RedisJobQueue(
    Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, JobSerializer serializer, ContextFlow context, TimeProvider time) : IJobQueue
{
    /// <summary>Jobs in one script: enough to share its cost, few enough not to hold Redis up (about half a millisecond).</summary>
    private const int BatchSize = 128;

    /// <summary>Jobs on their way at once: enough to hide the round trip, few enough to fit into socket buffers.</summary>
    private const int PipelineSize = 512;

    private readonly ConcurrentDictionary<string, QueueWriter> writers = new(StringComparer.Ordinal);

    public JobEnvelope Create<TJob>(TJob job, EnqueueOptions? enqueue = null) where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(job);
        var queue = enqueue?.Queue ?? JobNames<TJob>.Queue;
        JobNames.Check(queue, "The queue");
        if (enqueue?.Delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(enqueue), enqueue.Delay, "A delay cannot be negative.");

        var now = time.GetUtcNow();
        return new JobEnvelope
        {
            Id = enqueue?.Id is { } id ? new JobId(queue, id) : JobId.New(queue, time),
            Name = JobNames<TJob>.WireName,
            Arguments = serializer.Write(job, queue),
            Headers = context.Capture(JobNames<TJob>.Name),
            CreatedAt = now,
            DueAt = enqueue?.Delay > TimeSpan.Zero ? now + enqueue.Delay : null,
        };
    }

    public Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default) =>
        SendAsync(jobs, deduplicate: true, cancellationToken);

    public async Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob
    {
        var envelope = Create(job, options);
        // A fresh id was never sent before, so it needs no marker in Redis.
        await SendAsync([envelope], deduplicate: options?.Id is not null, cancellationToken).ConfigureAwait(false);
        return envelope.Id;
    }

    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync<TJob>(
        IEnumerable<TJob> jobs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : IJob
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (options?.Id is not null)
            throw new ArgumentException("Many jobs cannot have one id.", nameof(options));
        var ids = new List<JobId>();
        foreach (var batch in jobs.Chunk(PipelineSize))
        {
            var envelopes = Array.ConvertAll(batch, job => Create(job, options));
            await SendAsync(envelopes, deduplicate: false, cancellationToken).ConfigureAwait(false);
            ids.AddRange(envelopes.Select(envelope => envelope.Id));
        }
        return ids;
    }

    private async Task SendAsync(IReadOnlyList<JobEnvelope> jobs, bool deduplicate, CancellationToken cancellationToken)
    {
        if (jobs is [var only])
        {
            await SendBatchAsync(only.Id.Queue, [only], deduplicate, cancellationToken).ConfigureAwait(false);
            return;
        }
        var plain = !deduplicate && jobs.All(job => job.DueAt is null);
        foreach (var queue in jobs.GroupBy(job => job.Id.Queue, StringComparer.Ordinal))
        {
            foreach (var batch in queue.Chunk(plain ? PipelineSize : BatchSize))
                await SendBatchAsync(queue.Key, batch, deduplicate, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendBatchAsync(string queue, JobEnvelope[] batch, bool deduplicate, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // The envelope's own context comes first: an outbox sends it long after the request it was created in.
        var spans = Array.ConvertAll(batch, job =>
            JobsTelemetry.Start("send", ActivityKind.Producer, job.Id, job.Name, JobsTelemetry.Parent(job.Headers)));
        var tags = JobsTelemetry.Tags(queue, "send");
        try
        {
            await AddAsync(WriterOf(queue), batch, spans, deduplicate)
                .WaitAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            tags.Add("error.type", e.GetType().FullName);
            foreach (var span in spans)
                span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw new JobQueueUnavailableException($"Redis did not take {batch.Length} job(s) for queue '{queue}': {e.Message}", e);
        }
        finally
        {
            foreach (var span in spans)
                span?.Dispose();
            JobsTelemetry.SendDuration.Record(time.GetElapsedTime(started).TotalSeconds, tags);
        }
        JobsTelemetry.Sent.Add(batch.Length, tags);
    }

    private Task AddAsync(QueueWriter writer, JobEnvelope[] batch, Activity?[] spans, bool deduplicate)
    {
        var database = redis.Value.GetDatabase();
        if (batch is [{ DueAt: null } only] && !deduplicate)
            return writer.AddAsync(database, WireJob.From(only, HeadersOf(only, spans[0])), only.Arguments);
        if (!deduplicate && Array.TrueForAll(batch, job => job.DueAt is null))
            return writer.AddAsync(database, batch, job => HeadersOf(batch[job], spans[job]));
        var now = time.GetUtcNow();
        return writer.AddAsync(database, [.. batch.Select((job, i) => new ScriptedJob(
            WireJob.From(job, HeadersOf(job, spans[i])),
            job.Arguments,
            job.DueAt > now ? job.DueAt.Value - now : TimeSpan.Zero,
            deduplicate ? job.Id.Value : null))]);
    }

    private QueueWriter WriterOf(string queue) => writers.GetOrAdd(queue,
        static (name, options) => new QueueWriter(new JobKeys(options.KeyPrefix, name), options.DeduplicationWindow), options.Value);

    /// <summary>The handler's span becomes a child of the producer's span, where there is one.</summary>
    private static IReadOnlyDictionary<string, string> HeadersOf(JobEnvelope job, Activity? span)
    {
        if (span is null)
            return job.Headers;
        var headers = new Dictionary<string, string>(job.Headers, StringComparer.Ordinal) { [JobHeaders.TraceParent] = span.Id! };
        if (!string.IsNullOrEmpty(span.TraceStateString))
            headers[JobHeaders.TraceState] = span.TraceStateString;
        return headers;
    }
}
