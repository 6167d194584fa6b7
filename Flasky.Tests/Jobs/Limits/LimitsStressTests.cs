using Flasky.Jobs;
using Flasky.Jobs.Redis;

namespace Flasky.Tests.Jobs.Limits;

public sealed class LimitsStressTests(Servers servers) : LimitsTest(servers)
{
    /// <summary>Three workers as a model sees them: every step is one script, some replies are lost, some workers die.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task NoLimitIsEverExceededAndEveryJobIsSettledOnce(int seed)
    {
        var random = new Random(seed);
        await SetAsync(LimitScope.Queue, concurrency: 9);
        await SetAsync(LimitScope.Job<Charge>(), concurrency: 4);
        await SetAsync(LimitScope.KeysOf("tenant"), concurrency: 2);
        var stores = new[] { await NewStoreAsync("one"), await NewStoreAsync("two"), await NewStoreAsync("three") };
        var running = new Dictionary<string, (ClaimedJob Job, int Store)>();
        var (enqueued, settled) = (0, new HashSet<string>());
        while (settled.Count < 120)
        {
            var store = random.Next(stores.Length);
            switch (random.Next(8))
            {
                case 0 or 1 when enqueued < 120:
                    var options = new EnqueueOptions { LimitKey = random.Next(3) == 0 ? null : $"tenant:{random.Next(4)}", Priority = (JobPriority)random.Next(1, 5) };
                    await (random.Next(2) == 0 ? App.Queue.EnqueueAsync(new Charge(enqueued), options, Cancellation) : App.Queue.EnqueueAsync(new Note($"{enqueued}"), options, Cancellation));
                    enqueued++;
                    break;
                case 2:
                    // The reply was lost, or the worker died: the jobs are pending all the same.
                    foreach (var job in await TakeAsync(stores[store], random.Next(1, 6)))
                        running[job.Id] = (job, -1);
                    break;
                case 3:
                    foreach (var job in (await stores[store].ReapAsync(TimeSpan.FromMilliseconds(1), 2)).Jobs)
                        running[job.Id] = (job, store);
                    break;
                case 4 or 5:
                    foreach (var job in await TakeAsync(stores[store], random.Next(1, 6)))
                        running[job.Id] = (job, store);
                    break;
                default:
                    if (running.Values.FirstOrDefault(held => held.Store == store) is not { Job: { } mine })
                        break;
                    var times = random.Next(1, 3);
                    for (var time = 0; time < times; time++)
                        Assert.Equal(time == 0 ? SettleReply.Settled : SettleReply.Refused, await SucceedAsync(stores[store], mine));
                    Assert.True(settled.Add(mine.Id));
                    running.Remove(mine.Id);
                    break;
            }
            AssertWithinLimits(running.Values.Select(held => held.Job));
        }
        await LookAsync(stores[0], 1);
        await AssertDrainedAsync();
    }

    private static void AssertWithinLimits(IEnumerable<ClaimedJob> running)
    {
        var jobs = running.Select(job => (Wire: WireJob.Parse(job.Job)!.Value, job)).ToList();
        Assert.InRange(jobs.Count, 0, 9);
        Assert.InRange(jobs.Count(job => job.Wire.Name == "test.charge"), 0, 4);
        foreach (var tenant in Enumerable.Range(0, 4))
            Assert.InRange(jobs.Count(job => job.Wire.Headers.Contains($"tenant:{tenant}", StringComparison.Ordinal)), 0, 2);
    }
}
