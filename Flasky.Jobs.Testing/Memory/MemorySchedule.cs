using Flasky.Jobs.Recurring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The ticks of recurring jobs, when told to look. They are declared as the host starts, or at the first look of a host that is never started.</summary>
internal sealed class MemorySchedule(IServiceProvider services) : IHostedService, IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private IReadOnlyCollection<QueueTicks>? ticks;

    public Task StartAsync(CancellationToken cancellationToken) => LookAsync();

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => gate.Dispose();

    /// <summary>Enqueues what is due.</summary>
    /// <returns>Until the next tick; null if there is none.</returns>
    public async Task<TimeSpan?> LookAsync()
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            ticks ??= services.GetService<RecurringRegistry>() is null ? [] : [.. ActivatorUtilities.CreateInstance<JobScheduler>(services).Declare().Values];
            TimeSpan? wait = null;
            foreach (var queue in ticks)
            {
                var next = await queue.LookAsync().ConfigureAwait(false);
                while (next == TimeSpan.Zero)
                    next = await queue.LookAsync().ConfigureAwait(false);
                wait = wait is null || next < wait ? next : wait;
            }
            return wait;
        }
        finally
        {
            gate.Release();
        }
    }
}
