namespace Flasky.Tests.Jobs.Properties;

/// <summary>The promises of the queue, in whatever order its processes speak, die, repeat themselves or come late: docs/reliability.md.</summary>
public sealed class QueuePropertyTests(Servers servers)
{
    /// <summary>What some of many stories must come to, or they show little.</summary>
    private static readonly string[] Cases =
    [
        "enqueue: new", "enqueue: another instead", "send: first", "send: again",
        "hand out: first", "hand out: again", "hand back: done", "hand back: refused", "heartbeat: renewed", "heartbeat: lost",
        "run: Succeeded", "run: Retrying", "run: Scheduled", "run: Failed", "run: Cancelled", "run: Expired", "run: lost",
        "settle: Settled", "settle: Refused", "settle: Cancelled", "complete: done", "complete: refused",
        "cancel: TooLate", "cancel: Requested", "cancel: Cancelled", "tick: enqueued", "tick: skipped", "tick: late",
        "hand out: its turn", "limit: set", "limit: removed", "limit: none", "retry: done", "retry: refused", "retry dead: done",
        "delete dead: done", "purge: Ready", "purge: in a lane", "purge: Scheduled", "purge: Retrying", "purge: Failed",
        "workflow: started", "workflow: Succeeded", "workflow: Failed", "workflow: Cancelled", "run: dies",
    ];

    [Fact]
    public async Task WhateverTheOrderRedisHoldsWhatTheModelSays()
    {
        // A machine that runs other tests besides may keep a client waiting for longer than its usual five seconds.
        await using var app = new JobsHost($"{servers.Redis},asyncTimeout=60000");
        await using var theatre = new Theatre(app);
        await PropertyRun.CheckAsync(Stories.All, story => story.PlayAsync(theatre));

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', theatre.Met.Select(met => $"{met.Value,8} {met.Key}")));
        if (PropertyRun.IsLong)
            Assert.Empty(Cases.Except(theatre.Met.Keys));
    }
}
