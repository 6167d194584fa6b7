using Flasky.Jobs.Running;

namespace Flasky.Tests.Jobs;

public sealed class SlotsTests
{
    private readonly SlotShare heavy = new(3);
    private readonly SlotShare light = new(1);

    [Fact]
    public async Task AQueueThatIsAwayToFetchKeepsItsTurn()
    {
        var slots = new Slots(8);
        Assert.Equal(7, slots.TryTake(new SlotShare(1), 7));
        Assert.Equal(1, slots.TryTake(heavy, 1));
        slots.Return(1);
        for (var i = 0; i < 5; i++)
        {
            // The other one is away.
            Assert.Equal(1, slots.TryTake(light, 1));
            slots.Return(1);
        }
        Assert.Equal(1, slots.TryTake(light, 1));

        for (var i = 0; i < 12; i++)
            Assert.Same(heavy, await NextAsync(slots));
    }

    [Fact]
    public async Task AQueueThatHadNothingToRunHasSavedUpNothing()
    {
        var slots = new Slots(8);
        Assert.Equal(7, slots.TryTake(new SlotShare(1), 7));
        Assert.Equal(1, slots.TryTake(heavy, 1));
        slots.Return(1);
        slots.Rest(heavy);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(1, slots.TryTake(light, 1));
            slots.Return(1);
        }
        Assert.Equal(1, slots.TryTake(light, 1));

        var served = new List<SlotShare>();
        for (var i = 0; i < 40; i++)
            served.Add(await NextAsync(slots));
        Assert.InRange(served.Count(share => share == light), 8, 11);
    }

    [Fact]
    public void AQueueTakesNoMoreThanItsTurnWhileAnotherHasJobs()
    {
        var slots = new Slots(16);
        Assert.Equal(1, slots.TryTake(light, 1));
        Assert.Equal(3, slots.TryTake(heavy, 16));
        Assert.Equal(1, slots.TryTake(light, 16));

        slots.Rest(light);
        Assert.Equal(11, slots.TryTake(heavy, 16));
    }

    [Fact]
    public async Task AQueueWithJobsWaitingPassesItsSlotsOnByWeight()
    {
        var slots = new Slots(1);
        Assert.Equal(1, slots.TryTake(heavy, 1));
        var (kept, passed) = (0, 0);
        var waiting = slots.TakeAsync(light, 1, TestContext.Current.CancellationToken);
        for (var i = 0; i < 400; i++)
        {
            if (slots.TryKeep(heavy))
            {
                kept++;
                continue;
            }
            passed++;
            Assert.Equal(1, await waiting);
            var back = slots.TakeAsync(heavy, 1, TestContext.Current.CancellationToken);
            waiting = slots.TakeAsync(light, 1, TestContext.Current.CancellationToken);
            slots.Return(1);
            Assert.Equal(1, await back);
            kept++;
        }
        Assert.InRange(kept / (double)passed, 2.8, 3.3);
    }

    [Fact]
    public async Task ANudgeEndsTheWaitWithoutASlot()
    {
        var slots = new Slots(1);
        Assert.Equal(1, slots.TryTake(heavy, 1));
        var waiting = slots.TakeAsync(heavy, 1, TestContext.Current.CancellationToken);
        slots.Nudge(heavy);
        Assert.Equal(0, await waiting);
        slots.Return(1);
        Assert.Equal(1, slots.TryTake(heavy, 1));
    }

    /// <summary>Who gets the slot that comes free while both wait.</summary>
    private async Task<SlotShare> NextAsync(Slots slots)
    {
        var (forHeavy, forLight) = (slots.TakeAsync(heavy, 1, TestContext.Current.CancellationToken), slots.TakeAsync(light, 1, TestContext.Current.CancellationToken));
        slots.Return(1);
        var served = await Task.WhenAny(forHeavy, forLight) == forHeavy ? heavy : light;
        slots.Nudge(served == heavy ? light : heavy);
        Assert.Equal(1, await forHeavy + await forLight);
        return served;
    }
}
