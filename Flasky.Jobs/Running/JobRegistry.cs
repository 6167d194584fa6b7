namespace Flasky.Jobs.Running;

/// <summary>The jobs this worker knows, by wire name. Filled while the host is built, read-only afterwards.</summary>
internal sealed class JobRegistry
{
    private readonly Dictionary<string, JobRegistration> byName = new(StringComparer.Ordinal);

    private readonly HashSet<string> leftToOthers = new(StringComparer.Ordinal);

    private readonly HashSet<string> extraQueues = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Queues => byName.Values.Select(job => job.Queue).Concat(extraQueues).ToHashSet(StringComparer.Ordinal);

    public void Add(JobRegistration job)
    {
        if (leftToOthers.Contains(job.Name))
            return;
        if (!byName.TryAdd(job.Name, job))
            throw new InvalidOperationException($"Two handlers are registered for the job '{job.Name}'; a job has one.");
    }

    public void LeaveToOthers(string name)
    {
        leftToOthers.Add(name);
        byName.Remove(name);
    }

    public void AddQueue(string queue) => extraQueues.Add(queue);

    public JobRegistration? Find(string name) => byName.GetValueOrDefault(name);
}
