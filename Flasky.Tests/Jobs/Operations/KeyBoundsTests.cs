using Flasky.Jobs;
using Flasky.Tests.Packages;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Operations;

public sealed class KeyBoundsTests(Servers servers) : OperationsTest(servers)
{
    /// <summary>Keys without a time to live: what is in them is bounded by what there is, or by a capacity.</summary>
    private static readonly HashSet<string> Bounded =
    [
        ":ready", ":ready:critical", ":ready:high", ":ready:low", ":scheduled", ":scheduled:jobs", ":dead", ":dead:jobs", ":cancelled", ":paused", ":idle",
        ":recurring", ":recurring:definitions", ":recurring:paused", ":recurring:last",
    ];

    [Fact]
    public async Task EveryKeyHasATimeToLiveOrABoundAndIsDocumented()
    {
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        await recurring.SetAsync("often", new Note("often"), JobSchedule.Every(TimeSpan.FromHours(1)), cancellationToken: Cancellation);
        await recurring.SetAsync("never", new Note("never"), JobSchedule.Every(TimeSpan.FromHours(1)), cancellationToken: Cancellation);
        await recurring.PauseAsync("never", cancellationToken: Cancellation);
        await EnqueueDeadAsync(["a", "b"], new EnqueueOptions { Tracked = true });
        await Operations.TrimDeadAsync(Queue, 1, cancellationToken: Cancellation);
        await StartWorkerAsync();
        await Operations.PauseAsync(Queue, Cancellation);
        await App.Queue.EnqueueAsync(new Note("once"), new EnqueueOptions { Id = Guid.NewGuid(), Unique = new JobUnique { Key = "u" } }, Cancellation);
        await App.Queue.EnqueueAsync(new Note("calm"), new EnqueueOptions { Debounce = new JobDebounce(TimeSpan.FromHours(1)) { Key = "d" } }, Cancellation);
        var cancelled = await App.Queue.EnqueueAsync(new Note("cancelled"), new EnqueueOptions { Priority = JobPriority.Low }, Cancellation);
        await Operations.CancelAsync(cancelled, Cancellation);
        await App.WaitUntilIdleAsync();

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), Cancellation);
        var keys = await App.FindKeysAsync();
        Assert.InRange(keys.Length, 18, 40);
        foreach (var key in keys)
        {
            var name = ((string)key!)[$"{{{App.Prefix}:{Queue}}}".Length..];
            var documented = name.Split(':') switch
            {
                ["", "job", _] => ":job:ID",
                ["", "job", _, "history"] => ":job:ID:history",
                ["", "seen", _] => ":seen:ID",
                ["", var kind and ("unique" or "debounce"), ..] => $":{kind}:KEY",
                _ => name,
            };
            Assert.Contains($"`{documented}`", page, StringComparison.Ordinal);
            Assert.True(Bounded.Contains(name) || await App.Redis.KeyTimeToLiveAsync(key) is not null, $"{key} has neither a time to live nor a bound.");
        }
    }
}
