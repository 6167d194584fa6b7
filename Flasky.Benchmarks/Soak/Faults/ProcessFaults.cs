using Flasky.Benchmarks.Soak.Processes;

namespace Flasky.Benchmarks.Soak.Faults;

/// <summary>Kills, stops and terminates producers and workers, one every few seconds.</summary>
internal sealed class ProcessFaults(Fleet fleet, FaultLog log, int seed)
{
    private readonly Random random = new(seed);

    public async Task RunAsync(CancellationToken end)
    {
        var stopped = Task.CompletedTask;
        while (await random.PauseAsync(2, 6, end))
        {
            switch (random.Next(100))
            {
                case < 45:
                    await KillAsync(fleet.Workers, FaultKind.WorkerKilled);
                    break;
                case < 65 when stopped.IsCompleted:
                    await stopped;
                    stopped = StopAsync(end);
                    break;
                case < 75:
                    await TerminateAsync();
                    break;
                default:
                    await KillAsync(fleet.Producers, FaultKind.ProducerKilled);
                    break;
            }
        }
        await stopped;
    }

    private async Task KillAsync(IReadOnlyList<Place> places, FaultKind kind)
    {
        if (Pick(places) is not { } place)
            return;
        var process = place.Process!.Id;
        var from = MachineClock.Now;
        await place.KillAsync();
        log.Add(kind, from, process);
        place.Start();
    }

    /// <summary>Longer than the lease, so that it wakes up believing to own what others run by then.</summary>
    private async Task StopAsync(CancellationToken end)
    {
        if (Pick(fleet.Workers) is not { } place)
            return;
        place.IsBusy = true;
        var process = place.Process!;
        var from = MachineClock.Now;
        process.Signal(Signal.Stop);
        await random.PauseAsync(SoakOptions.Lease.TotalSeconds + 2, SoakOptions.Lease.TotalSeconds + 8, end);
        process.Signal(Signal.Continue);
        log.Add(FaultKind.WorkerStopped, from, process.Id);
        place.IsBusy = false;
    }

    private async Task TerminateAsync()
    {
        if (Pick(fleet.Workers) is not { } place)
            return;
        var process = place.Process!.Id;
        var from = MachineClock.Now;
        await place.TerminateAsync();
        log.Add(FaultKind.WorkerTerminated, from, process);
        place.Start();
    }

    private Place? Pick(IReadOnlyList<Place> places)
    {
        var able = places.Where(place => place is { IsBusy: false, Process.HasExited: false }).ToArray();
        return able.Length == 0 ? null : able[random.Next(able.Length)];
    }
}
