using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>
/// Wakes idle workers of one queue after jobs were added. One ring at a time is under way; what is added meanwhile shares
/// the next, so a busy producer rings once a round trip, not once a job. Nobody waits for a ring, and a lost one costs a
/// poll interval at most. Thread-safe.
/// </summary>
internal sealed class Doorbell(JobKeys keys)
{
    private readonly RedisKey[] queueKeys = [keys.Ready()];
    private int waiting;
    private int ringing;

    /// <summary>Tells of jobs that were handed to the same connection before, so that workers woken by it find them.</summary>
    public void Ring(IDatabase redis, int jobs)
    {
        Interlocked.Add(ref waiting, jobs);
        if (Interlocked.CompareExchange(ref ringing, 1, 0) == 0)
            _ = RingWhileNeededAsync(redis);
    }

    /// <summary>Makes a call that rings by itself, if no ring is under way; others that come meanwhile share the next one.</summary>
    /// <param name="rung">The call.</param>
    /// <returns>False: it was not made.</returns>
    public bool TryRingWith(IDatabase redis, Func<Task> call, out Task rung)
    {
        rung = Task.CompletedTask;
        if (Interlocked.CompareExchange(ref ringing, 1, 0) != 0)
            return false;
        rung = call();
        _ = RingOnAsync(redis, rung);
        return true;
    }

    private async Task RingOnAsync(IDatabase redis, Task rung)
    {
        // Its caller hears of a failure.
        await rung.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await RingWhileNeededAsync(redis).ConfigureAwait(false);
    }

    private async Task RingWhileNeededAsync(IDatabase redis)
    {
        do
        {
            try
            {
                while (Interlocked.Exchange(ref waiting, 0) is var jobs and > 0)
                    await LuaScript.Ring.RunAsync(redis, queueKeys, [jobs]).ConfigureAwait(false);
            }
            catch (Exception e) when (e.IsOutage())
            {
                // The jobs are there, or their sender hears of the failure itself; workers find them at their next poll.
            }
            Volatile.Write(ref ringing, 0);
            // Who came between the last look and the line above found the bell taken: ring for them.
        }
        while (Volatile.Read(ref waiting) > 0 && Interlocked.CompareExchange(ref ringing, 1, 0) == 0);
    }
}
