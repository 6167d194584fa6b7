namespace Flasky.Jobs.Running;

/// <summary>The jobs this worker knows, by wire name. Filled while the host is built, read-only afterwards.</summary>
internal sealed class JobRegistry
{
    private readonly Dictionary<string, JobRegistration> byName = new(StringComparer.Ordinal);

    /// <summary>The queue's own, whichever queue they are in.</summary>
    private readonly Dictionary<string, JobRegistration> own;

    private readonly HashSet<string> leftToOthers = new(StringComparer.Ordinal);

    private readonly HashSet<string> extraQueues = new(StringComparer.Ordinal);

    public JobRegistry(params IEnumerable<JobRegistration> own) => this.own = own.ToDictionary(job => job.Name, StringComparer.Ordinal);

    public IReadOnlySet<string> Queues => byName.Values.Select(job => job.Queue).Concat(extraQueues).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a handled job asks for encrypted arguments.</summary>
    public bool NeedsEncryption => byName.Values.Any(job => job.Encrypted);

    public void Add(JobRegistration job, bool configured = false)
    {
        if (own.ContainsKey(job.Name))
            throw new InvalidOperationException($"The job name '{job.Name}' is the queue's own.");
        if (leftToOthers.Contains(job.Name) || byName.TryAdd(job.Name, job))
            return;
        // The type says which job and which handler.
        if (byName[job.Name].GetType() != job.GetType())
            throw new InvalidOperationException($"Two handlers are registered for the job '{job.Name}'; a job has one.");
        if (configured)
            byName[job.Name] = job;
    }

    public void LeaveToOthers(string name)
    {
        leftToOthers.Add(name);
        byName.Remove(name);
    }

    public void AddQueue(string queue) => extraQueues.Add(queue);

    public JobRegistration? Find(string name) => byName.GetValueOrDefault(name) ?? own.GetValueOrDefault(name);
}
