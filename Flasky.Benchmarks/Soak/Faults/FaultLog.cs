namespace Flasky.Benchmarks.Soak.Faults;

/// <summary>What was done in this run so far. Thread-safe.</summary>
internal sealed class FaultLog
{
    private readonly Lock gate = new();
    private readonly List<Fault> faults = [];

    public void Add(FaultKind kind, TimeSpan from, int process = 0)
    {
        lock (gate)
            faults.Add(new Fault(kind, from, MachineClock.Now, process));
    }

    public IReadOnlyList<Fault> All
    {
        get
        {
            lock (gate)
                return [.. faults];
        }
    }
}
