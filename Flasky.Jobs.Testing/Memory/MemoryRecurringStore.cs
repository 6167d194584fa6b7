using System.Security.Cryptography;
using System.Text;
using Flasky.Jobs.Recurring;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The recurring jobs of one queue, in memory: what the recurring scripts do in Redis. Thread-safe.</summary>
internal sealed class MemoryRecurringStore(string queue, MemoryStore store, TimeProvider time) : IRecurringStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private bool hasDeclared;

    public Task SetAsync(string name, RecurringDefinition definition, DateTimeOffset next, bool declared)
    {
        lock (gate)
        {
            hasDeclared |= declared;
            var old = entries.GetValueOrDefault(name);
            var keepsTick = old is not null && (old.IsPaused || (old.Next is not null && old.When == definition.When));
            entries[name] = (old ?? new Entry()) with { Definition = definition.Write(), When = definition.When, Next = keepsTick ? old!.Next : next };
        }
        return Task.CompletedTask;
    }

    public Task<bool> RemoveAsync(string name, string? version = null) => Step(name, version, _ => entries.Remove(name));

    public Task<bool> PauseAsync(string name) => Step(name, null, entry => entries[name] = entry with { IsPaused = true, Next = null });

    public Task<bool> ResumeAsync(string name, string version, DateTimeOffset? next) =>
        Step(name, version, entry => entries[name] = entry.IsPaused ? entry with { IsPaused = false, Next = next } : entry);

    public Task<DueResult> DueAsync(int most)
    {
        var now = Now();
        lock (gate)
        {
            DueJob[] due = [.. entries.Where(entry => entry.Value.Next <= now).OrderBy(entry => entry.Value.Next).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(most)
                .Select(entry => new DueJob(entry.Key, entry.Value.Next!.Value, entry.Value.Definition, entry.Value.Version))];
            var next = entries.Values.Where(entry => entry.Next > now).Min(entry => entry.Next);
            return Task.FromResult(new DueResult(now, next - now, hasDeclared, due));
        }
    }

    public async Task<bool> TickAsync(DueJob due, DueTicks ticks, IReadOnlyList<WireJob> jobs, RecurringDefinition definition)
    {
        if (!await Step(due.Name, due.Version, entry => entries[due.Name] = entry with { Next = ticks.Next, Last = ticks.Run.Count > 0 ? ticks.Run[^1] : entry.Last }).ConfigureAwait(false))
            return false;
        foreach (var job in jobs)
        {
            var envelope = new JobEnvelope
            {
                Id = new JobId(queue, Guid.ParseExact(job.Id, "N")),
                Name = job.Name,
                Arguments = definition.Arguments,
                Headers = JobHeaders.Read(job.Headers),
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedMs),
            };
            store.Add(envelope, envelope.Headers, mayBeRepeated: false);
        }
        return true;
    }

    public Task<(DateTimeOffset Now, StoredRecurringJob[] Jobs)> ListAsync(string name = "")
    {
        lock (gate)
        {
            StoredRecurringJob[] jobs = [.. entries.Where(entry => name.Length == 0 || entry.Key == name)
                .Select(entry => new StoredRecurringJob(entry.Key, entry.Value.Definition, entry.Value.Version, entry.Value.IsPaused, entry.Value.Next, entry.Value.Last))];
            return Task.FromResult((Now(), jobs));
        }
    }

    /// <returns>False if there is none, or it is of another version.</returns>
    private Task<bool> Step(string name, string? version, Action<Entry> step)
    {
        lock (gate)
        {
            if (entries.GetValueOrDefault(name) is not { } entry || (version is not null && version != entry.Version))
                return Task.FromResult(false);
            step(entry);
            return Task.FromResult(true);
        }
    }

    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    private sealed record Entry
    {
        public string Definition { get; init; } = "";
        public string When { get; init; } = "";
        public bool IsPaused { get; init; }
        public DateTimeOffset? Next { get; init; }
        public DateTimeOffset? Last { get; init; }
        public string Version => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Definition)));
    }
}
