using System.Collections.Concurrent;
using System.Globalization;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>The producers and workers of the run. What is killed is started again; at the end none is left.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> troubles = new();

    public Fleet(string redis, string folder, SoakOptions options)
    {
        Workers = [.. Enumerable.Range(0, SoakOptions.Workers).Select(_ => new Place(troubles.Enqueue,
            () => new ChildProcess(folder, SoakWorker.Argument, redis, folder, Text(options.Seed), Text(options.Jobs))))];
        var begin = MachineClock.Now + TimeSpan.FromSeconds(2);
        Producers = [.. Enumerable.Range(0, SoakOptions.Producers).Select(producer => new Place(troubles.Enqueue,
            () => new ChildProcess(folder, SoakProducer.Argument, redis, folder, Text(options.Seed), Text(producer),
                Text(First(producer)), Text(First(producer + 1)), Text(begin.Ticks), Text(options.SendingTime.Ticks))))];

        int First(int producer) => (int)((long)options.Jobs * producer / SoakOptions.Producers);
    }

    public IReadOnlyList<Place> Workers { get; }

    public IReadOnlyList<Place> Producers { get; }

    /// <summary>Processes that ended without being told to, or did not end when they were.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    public bool HasSentAll => Producers.All(producer => producer.Process!.HasExited);

    public void Start()
    {
        foreach (var place in Workers.Concat(Producers))
            place.Start();
    }

    /// <summary>Lets all end in order.</summary>
    public async Task LeaveAsync()
    {
        await Task.WhenAll(Producers.Select(place => place.LeaveAsync()));
        await Task.WhenAll(Workers.Select(place => place.LeaveAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var place in Workers.Concat(Producers))
            await place.DisposeAsync();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Where one process runs at a time.</summary>
internal sealed class Place(Action<string> onTrouble, Func<ChildProcess> start) : IAsyncDisposable
{
    /// <summary>A little more than a host gives itself to stop.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public ChildProcess? Process { get; private set; }

    /// <summary>Whether something is being done to it already.</summary>
    public bool IsBusy { get; set; }

    public void Start() => Process = start();

    public async Task KillAsync()
    {
        await Process!.KillAsync();
        await Process.DisposeAsync();
    }

    public async Task TerminateAsync()
    {
        Process!.Signal(Signal.Terminate);
        if (!await Process.ExitedAsync(Patience))
            onTrouble($"Process {Process.Id} did not end in order within {Patience.TotalSeconds} s of SIGTERM.");
        await Process.DisposeAsync();
    }

    public async Task LeaveAsync()
    {
        var ended = Process!.HasExited;
        if (!await Process.LeaveAsync(Patience))
            onTrouble($"Process {Process.Id} {(ended ? $"ended by itself with {Process.ExitCode}" : "did not end in order when it was told to")}.");
    }

    public ValueTask DisposeAsync() => Process?.DisposeAsync() ?? ValueTask.CompletedTask;
}
