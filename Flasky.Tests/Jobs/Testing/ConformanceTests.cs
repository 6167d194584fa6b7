using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Testing;

/// <summary>What a user of the queue sees is the same in memory and in Redis: each of these tests is run against both.</summary>
public abstract class ConformanceTests(QueueUnderTest tested) : IAsyncDisposable
{
    protected static readonly EnqueueOptions Tracked = new() { Tracked = true };

    /// <summary>Long enough that a busy machine can look at the job while it waits.</summary>
    protected static readonly TimeSpan InAMoment = TimeSpan.FromSeconds(1);

    protected QueueUnderTest Tested => tested;

    protected IJobQueue Queue => tested.Queue;

    protected Runs Runs => tested.Runs;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected Task<JobId> EnqueueAsync(string text, EnqueueOptions? options = null) => Queue.EnqueueAsync(new Note(text), options ?? Tracked, Cancel);

    protected async Task<JobStatus> StatusAsync(JobId id) => (await Queue.Find(id).GetStatusAsync(Cancel))!;

    protected async Task<JobStatus> EndAsync(JobId id)
    {
        await tested.UntilEndedAsync(id);
        return await StatusAsync(id);
    }

    protected static string Steps(JobStatus status) =>
        string.Join(' ', status.History.Select(entry => $"{entry.State}/{entry.Attempt}{(entry.Worker is null ? "" : "@")}{(entry.Error is null ? "" : "!")}"));

    public async ValueTask DisposeAsync()
    {
        await tested.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
