using System.Collections.Concurrent;
using System.Diagnostics;
using Flasky.Jobs.Operations;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>Takes created jobs to Redis, each by the cheapest way that does all it asks for. Thread-safe.</summary>
internal sealed class JobSender(Lazy<IConnectionMultiplexer> redis, IOptions<FlaskyJobsOptions> options, QueueDirectory directory, TimeProvider time)
{
    /// <summary>Jobs in one script: enough to share its cost, few enough not to hold Redis up (about half a millisecond).</summary>
    private const int BatchSize = 128;

    /// <summary>Jobs on their way at once: enough to hide the round trip, few enough to fit into socket buffers.</summary>
    public const int PipelineSize = 512;

    /// <summary>Batches on their way at once: the next ones are made while Redis works on these.</summary>
    private const int Batches = 3;

    private readonly ConcurrentDictionary<string, QueueWriter> writers = new(StringComparer.Ordinal);

    /// <returns>The ids of the jobs that are in the queue now, in the envelopes' order.</returns>
    public async Task<JobId[]> SendAsync(IReadOnlyList<JobEnvelope> jobs, bool mayBeRepeated, CancellationToken cancellationToken)
    {
        var ids = new JobId[jobs.Count];
        var outgoing = new OutgoingJob[jobs.Count];
        var now = time.GetUtcNow();
        for (var i = 0; i < outgoing.Length; i++)
        {
            ids[i] = jobs[i].Id;
            outgoing[i] = new OutgoingJob(i, jobs[i], JobDirectives.Read(jobs[i].Headers), mayBeRepeated, IsDue: !(jobs[i].DueAt > now));
        }
        if (outgoing is [var only])
        {
            await SendBatchAsync(only.Route, outgoing, ids, cancellationToken).ConfigureAwait(false);
            return ids;
        }
        await FewAtOnceAsync(
            from route in outgoing.GroupBy(job => job.Route)
            from batch in route.Chunk(route.Key.By == Way.Append ? PipelineSize : BatchSize)
            select SendBatchAsync(route.Key, batch, ids, cancellationToken)).ConfigureAwait(false);
        return ids;
    }

    /// <summary>Keeps <see cref="Batches"/> sends under way, and waits for all, also when one has failed.</summary>
    /// <param name="sends">Each begins when it is asked for.</param>
    /// <returns>The sends, in their order, all of them done.</returns>
    public static async Task<IReadOnlyList<TTask>> FewAtOnceAsync<TTask>(IEnumerable<TTask> sends) where TTask : Task
    {
        var sending = new List<TTask>();
        try
        {
            foreach (var send in sends)
            {
                sending.Add(send);
                if (sending.Count >= Batches)
                    await sending[^Batches].ConfigureAwait(false);
            }
        }
        finally
        {
            await Task.WhenAll(sending).ConfigureAwait(false);
        }
        return sending;
    }

    private async Task SendBatchAsync(Route route, OutgoingJob[] batch, JobId[] ids, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        // The envelope's own context comes first: an outbox sends it long after the request it was created in.
        var spans = Array.ConvertAll(batch, job =>
            JobsTelemetry.Start("send", ActivityKind.Producer, job.Envelope.Id, job.Envelope.Name, JobsTelemetry.Parent(job.Envelope.Headers)));
        var tags = JobsTelemetry.Tags(route.Queue, "send");
        try
        {
            await AddAsync(route, batch, spans, ids).WaitAsync(options.Value.EnqueueTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage(cancellationToken))
        {
            tags.Add("error.type", e.GetType().FullName);
            foreach (var span in spans)
                span?.SetStatus(ActivityStatusCode.Error, e.Message);
            throw new JobQueueUnavailableException($"Redis did not take {batch.Length} job(s) for queue '{route.Queue}': {e.Message}", e);
        }
        finally
        {
            foreach (var span in spans)
                span?.Dispose();
            JobsTelemetry.SendDuration.Record(time.GetElapsedTime(started).TotalSeconds, tags);
        }
        JobsTelemetry.Sent.Add(batch.Length, tags);
    }

    private Task AddAsync(Route route, OutgoingJob[] batch, Activity?[] spans, JobId[] ids)
    {
        var (database, writer) = (redis.Value.GetDatabase(), WriterOf(route.Queue));
        return (route.By, batch) switch
        {
            (Way.Enqueue, _) => AddScriptedAsync(database, writer, batch, spans, ids),
            (Way.Schedule, _) => writer.ScheduleAsync(database, Scripted(batch, spans, time.GetUtcNow())),
            (_, [var only]) => writer.AddAsync(
                database, WireJob.From(only.Envelope, HeadersOf(only.Envelope, spans[0])), only.Envelope.Arguments, route.Priority),
            _ => writer.AddAsync(
                database, Array.ConvertAll(batch, job => job.Envelope), job => HeadersOf(batch[job].Envelope, spans[job]), route.Priority),
        };
    }

    private async Task AddScriptedAsync(IDatabase database, QueueWriter writer, OutgoingJob[] batch, Activity?[] spans, JobId[] ids)
    {
        var now = time.GetUtcNow();
        var added = await writer.AddAsync(database, Scripted(batch, spans, now), now).ConfigureAwait(false);
        for (var i = 0; i < batch.Length; i++)
            ids[batch[i].Index] = new JobId(ids[batch[i].Index].Queue, Guid.ParseExact(added[i], "N"));
    }

    private static ScriptedJob[] Scripted(OutgoingJob[] batch, Activity?[] spans, DateTimeOffset now) =>
        [.. batch.Select((job, i) => new ScriptedJob(
            WireJob.From(job.Envelope, HeadersOf(job.Envelope, spans[i])),
            job.Envelope.Arguments,
            job.Directives,
            job.Envelope.DueAt > now ? job.Envelope.DueAt.Value - now : TimeSpan.Zero,
            job.MayBeRepeated))];

    private QueueWriter WriterOf(string queue) => writers.TryGetValue(queue, out var writer) ? writer : writers.GetOrAdd(queue, NewWriter);

    private QueueWriter NewWriter(string queue)
    {
        directory.Add(queue);
        return new QueueWriter(new JobKeys(options.Value.KeyPrefix, queue), options.Value.DeduplicationWindow);
    }

    /// <summary>The handler's span becomes a child of the producer's span, where there is one.</summary>
    internal static IReadOnlyDictionary<string, string> HeadersOf(JobEnvelope job, Activity? span)
    {
        if (span is null)
            return job.Headers;
        var headers = new Dictionary<string, string>(job.Headers, StringComparer.Ordinal) { [JobHeaders.TraceParent] = span.Id! };
        if (!string.IsNullOrEmpty(span.TraceStateString))
            headers[JobHeaders.TraceState] = span.TraceStateString;
        return headers;
    }

    /// <summary>The cheapest way that does all a job asks for.</summary>
    private enum Way
    {
        /// <summary>Ready at once: it is appended to the stream of its priority.</summary>
        Append,

        /// <summary>Due later.</summary>
        Schedule,

        /// <summary>A look at what is there comes first.</summary>
        Enqueue,
    }

    /// <param name="Queue">Where to.</param>
    /// <param name="By">The way.</param>
    /// <param name="Priority">Of all, where they go to one stream.</param>
    private readonly record struct Route(string Queue, Way By, JobPriority Priority);

    private sealed record OutgoingJob(int Index, JobEnvelope Envelope, JobDirectives Directives, bool MayBeRepeated, bool IsDue)
    {
        public Route Route { get; } =
            Directives.NeedsScript ? new(Envelope.Id.Queue, Way.Enqueue, default)
            : !IsDue ? new(Envelope.Id.Queue, Way.Schedule, default)
            : MayBeRepeated ? new(Envelope.Id.Queue, Way.Enqueue, default)
            : new(Envelope.Id.Queue, Way.Append, Directives.Priority);
    }
}
