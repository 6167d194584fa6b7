using System.Diagnostics;
using System.Text.Json;
using Flasky.Jobs;

namespace Flasky.Tests.Data;

/// <summary>A queue in memory that says what it was sent, and can be down. Safe for concurrent use.</summary>
public sealed class RecordingQueue : IJobQueue
{
    private readonly Lock gate = new();
    private readonly List<JobEnvelope> sent = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether sending fails.</summary>
    public bool IsDown { get; set; }

    /// <summary>How often something was handed in, taken or not.</summary>
    public int Tries { get; private set; }

    public IReadOnlyList<JobEnvelope> Sent
    {
        get
        {
            lock (gate)
            {
                return [.. sent];
            }
        }
    }

    public JobEnvelope Create<TJob>(TJob job, EnqueueOptions? options = null) where TJob : IJob
    {
        var attribute = (JobAttribute)typeof(TJob).GetCustomAttributes(typeof(JobAttribute), inherit: false).Single();
        var now = TimeProvider.System.GetUtcNow();
        return new JobEnvelope
        {
            Id = new JobId(options?.Queue ?? attribute.Queue, options?.Id ?? Guid.CreateVersion7()),
            Name = attribute.Name,
            Arguments = JsonSerializer.Serialize(job, JsonSerializerOptions.Web),
            Headers = Activity.Current?.Id is { } id ? new Dictionary<string, string> { ["traceparent"] = id } : [],
            CreatedAt = now,
            DueAt = options?.Delay is { } delay ? now + delay : null,
        };
    }

    public Task SendAsync(IReadOnlyList<JobEnvelope> jobs, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            Tries++;
            if (!IsDown)
            {
                sent.AddRange(jobs);
            }
            (waiting, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
        return IsDown ? Task.FromException(new JobQueueUnavailableException("down", new TimeoutException())) : Task.CompletedTask;
    }

    public async Task<JobId> EnqueueAsync<TJob>(TJob job, EnqueueOptions? options = null, CancellationToken cancellationToken = default) where TJob : IJob
    {
        var envelope = Create(job, options);
        await SendAsync([envelope], cancellationToken);
        return envelope.Id;
    }

    public async Task<IReadOnlyList<JobId>> EnqueueManyAsync<TJob>(
        IEnumerable<TJob> jobs, EnqueueOptions? options = null, CancellationToken cancellationToken = default) where TJob : IJob
    {
        JobEnvelope[] envelopes = [.. jobs.Select(job => Create(job, options))];
        await SendAsync(envelopes, cancellationToken);
        return [.. envelopes.Select(envelope => envelope.Id)];
    }

    public Task<JobHandle<TResult>> EnqueueForResultAsync<TResult>(
        IJob<TResult> job, EnqueueOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public JobHandle Find(JobId id) => throw new NotSupportedException();

    public JobHandle<TResult> Find<TResult>(JobId id) => throw new NotSupportedException();

    public Task WaitForSentAsync(int count) => WaitForAsync(() => sent.Count >= count);

    public Task WaitForSentAsync(Predicate<IReadOnlyList<JobEnvelope>> enough) => WaitForAsync(() => enough(sent));

    public Task WaitForTriesAsync(int count) => WaitForAsync(() => Tries >= count);

    private async Task WaitForAsync(Func<bool> reached)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (reached())
                {
                    return;
                }
                next = changed.Task;
            }
            await next.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }
    }
}
