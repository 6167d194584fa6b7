using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs;

/// <summary>What every test of the queue has: an application of its own on the shared Redis.</summary>
public abstract class JobsTest(Servers servers) : IAsyncDisposable
{
    protected JobsHost App { get; } = new(servers.Redis);

    protected Runs Runs { get; } = new();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected Task<IHost> StartWorkerAsync(Action<JobWorkerOptions>? configure = null, TimeSpan? shutdown = null, Runs? runs = null) =>
        App.StartWorkerAsync(
            worker =>
            {
                worker.Services.AddSingleton(runs ?? Runs).AddScoped<ScopeMarker>();
                worker.Handle<Note, NoteHandler>();
                if (configure is not null)
                    worker.Configure(configure);
            }, shutdown);

    /// <summary>Waits until nothing is ready, running or scheduled.</summary>
    protected async Task WaitUntilSettledAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        var keys = App.Keys();
        while (await AnyReadyAsync(keys) || await App.Redis.SortedSetLengthAsync(keys.Scheduled) > 0)
            await Task.Delay(5, timeout.Token);
    }

    private async Task<bool> AnyReadyAsync(Flasky.Jobs.Redis.JobKeys keys)
    {
        foreach (var priority in Enum.GetValues<JobPriority>())
        {
            if (await App.Redis.StreamEntriesAsync(keys.Ready(priority)) > 0)
                return true;
        }
        return false;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

internal static class RedisInspection
{
    public static async Task<long> StreamEntriesAsync(this StackExchange.Redis.IDatabase redis, StackExchange.Redis.RedisKey stream) =>
        (long)await redis.ExecuteAsync("XLEN", stream);
}
