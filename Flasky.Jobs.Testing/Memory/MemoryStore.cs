using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>Every queue of the host under test, in the place of Redis, and what was enqueued. Thread-safe.</summary>
internal sealed class MemoryStore(IOptions<FlaskyJobsOptions> options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, MemoryQueue> queues = new(StringComparer.Ordinal);
    private readonly Dictionary<JobId, RunningJob> running = [];
    private readonly List<JobEnvelope> enqueued = [];
    private TaskCompletionSource changed = NewSignal();
    private long turns;

    /// <summary>Whether jobs are refused, as if Redis were away.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often jobs were handed in, taken or not.</summary>
    public int Sends { get; private set; }

    /// <summary>How many jobs were handed in that the queue had already.</summary>
    public int Repeats { get; private set; }

    /// <summary>What was enqueued, in its order.</summary>
    public IReadOnlyList<JobEnvelope> Enqueued
    {
        get
        {
            lock (gate)
                return [.. enqueued];
        }
    }

    /// <summary>Completes at the next change of anything. To be asked for before looking.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    public void Forget() => Change(() => enqueued.Clear());

    /// <exception cref="JobQueueUnavailableException">The test wants it so.</exception>
    public void BeginSend()
    {
        if (!Change(() => (++Sends, IsDown).IsDown))
            return;
        throw new JobQueueUnavailableException("The queue is away, because the test says so (TestJobs.IsDown).", new TimeoutException());
    }

    /// <returns>The id of the job that is in the queue now.</returns>
    public JobId Add(JobEnvelope job, IReadOnlyDictionary<string, string> headers, bool mayBeRepeated) => Change(() =>
    {
        var added = Queue(job.Id.Queue).Add(
            WireJob.From(job, headers), job.Arguments, JobDirectives.Read(job.Headers), job.DueAt, mayBeRepeated, options.Value.DeduplicationWindow);
        var id = job.Id with { Value = added.Id };
        if (added.As == AddedAs.Nothing && added.Id == job.Id.Value)
            Repeats++;
        if (added.As == AddedAs.Job)
            enqueued.Add(job);
        else if (added.As == AddedAs.Replacement && enqueued.FindIndex(earlier => earlier.Id == id) is var index and >= 0)
            enqueued[index] = job with { Id = id };
        return id;
    });

    /// <summary>Changes a workflow and, where that asks for it, enqueues a report in the same step.</summary>
    public T ChangeWorkflow<T>(string queue, Func<(T Result, WorkflowReport? Along)> change) => Change(() =>
    {
        var (result, along) = change();
        if (along is not null)
            Queue(queue).Report(along, WorkflowReport.TraceHeaders());
        return result;
    });

    /// <summary>Hands out the job whose turn it is. Null: none is ready.</summary>
    /// <param name="served">The queues to look at.</param>
    /// <param name="only">Null: any job.</param>
    public RunningJob? Claim(IReadOnlySet<string> served, Func<MemoryJob, bool>? only = null) => Change(() =>
    {
        var looked = queues.Where(queue => served.Contains(queue.Key)).ToList();
        looked.ForEach(queue => queue.Value.MoveDue());
        var next = looked.Select(queue => (queue.Key, Queue: queue.Value, Job: queue.Value.Next(only))).Where(found => found.Job is not null)
            .OrderBy(found => found.Job!.Directives.Priority).ThenBy(found => found.Job!.Turn).FirstOrDefault();
        if (next.Job is null)
            return null;
        var job = new RunningJob(next.Queue.Claim(next.Job));
        var id = Guid.ParseExact(next.Job.Wire.Id, "N");
        if (next.Queue.IsCancelled(id))
            job.Stop(StopReason.Cancelled);
        running[new JobId(next.Key, id)] = job;
        return job;
    });

    /// <summary>When the next scheduled job of these queues is due. Null: none is scheduled.</summary>
    public DateTimeOffset? NextDue(IReadOnlySet<string> served)
    {
        lock (gate)
            return queues.Where(queue => served.Contains(queue.Key)).Min(queue => queue.Value.NextDue);
    }

    public void Start(JobId id, JobDirectives directives, int attempt, string worker) => Change(() => Queue(id.Queue).Start(id.Value, directives, attempt, worker));

    public void Progress(JobId id, string progress) => Change(() => Queue(id.Queue).Progress(id.Value, progress));

    public SettleReply Settle(JobId id, Settlement? settlement, int deadCapacity, string worker) => Change(() =>
    {
        var reply = Queue(id.Queue).Settle(id.Value, settlement, deadCapacity, worker);
        if (reply != SettleReply.Cancelled && running.Remove(id, out var job))
            job.Dispose();
        return reply;
    });

    public JobCancellation Cancel(JobId id) => Change(() =>
    {
        var reply = Queue(id.Queue).Cancel(id.Value, options.Value.DeduplicationWindow);
        if (reply != JobCancellation.TooLate && running.TryGetValue(id, out var job))
            job.Stop(StopReason.Cancelled);
        return reply;
    });

    public JobStatus? Status(JobId id)
    {
        lock (gate)
            return Queue(id.Queue).Status(id.Value);
    }

    private MemoryQueue Queue(string name)
    {
        if (!queues.TryGetValue(name, out var queue))
            queues.Add(name, queue = new MemoryQueue(name, () => turns++, time));
        return queue;
    }

    private void Change(Action change) => Change<object?>(() =>
    {
        change();
        return null;
    });

    private T Change<T>(Func<T> change)
    {
        TaskCompletionSource waiting;
        T result;
        lock (gate)
        {
            result = change();
            (waiting, changed) = (changed, NewSignal());
        }
        waiting.TrySetResult();
        return result;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
