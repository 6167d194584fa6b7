using System.Collections.Concurrent;

namespace Flasky.Tests.Jobs.Limits;

/// <summary>Counts who runs at once, by group.</summary>
public sealed class Crowd
{
    private readonly ConcurrentDictionary<string, int> inside = [];
    private readonly ConcurrentDictionary<string, int> most = [];

    public int Most(string group) => most.GetValueOrDefault(group);

    public IReadOnlyCollection<string> Groups => [.. most.Keys];

    public async Task RunAsync(string group, Func<Task> run)
    {
        var now = inside.AddOrUpdate(group, 1, (_, count) => count + 1);
        most.AddOrUpdate(group, now, (_, before) => Math.Max(before, now));
        try
        {
            await run();
        }
        finally
        {
            inside.AddOrUpdate(group, 0, (_, count) => count - 1);
        }
    }
}
