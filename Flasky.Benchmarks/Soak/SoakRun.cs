using System.Diagnostics;
using Flasky.Benchmarks.Redis;
using Flasky.Benchmarks.Soak.Check;
using Flasky.Benchmarks.Soak.Faults;
using Flasky.Benchmarks.Soak.Processes;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Soak;

/// <summary>One run: faults while jobs are sent and worked, quiet until all have ended, then the checks.</summary>
internal sealed class SoakRun(OwnRedis redis, string folder, SoakOptions options)
{
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AofTail aof = new(redis);
    private readonly FaultLog faults = new();
    private readonly TimeSpan begin = MachineClock.Now;

    public async Task<SoakResult> RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var settlements = new SettlementWatch(redis.Port);
        var watching = settlements.RunAsync(over.Token);
        await using var fleet = new Fleet(redis.ConnectionString, folder, options);
        fleet.Start();
        await TroubleAsync(fleet, cancellationToken);

        var quiet = Stopwatch.GetTimestamp();
        await UntilEndedAsync(fleet, options.WorkTime, cancellationToken);
        var drained = Stopwatch.GetElapsedTime(quiet);
        await fleet.LeaveAsync();
        var remains = await QueueRemains.ReadAsync(redis.Database);
        await over.CancelAsync();
        await watching;
        var findings = new Checker(new Evidence
        {
            PlanOf = job => JobPlan.Of(options.Seed, job),
            Sent = SentLog.ReadAll(folder),
            Runs = RunLog.ReadAll(folder),
            Faults = faults.All,
            Dead = remains.Dead,
        }).Check();
        return new SoakResult(findings, faults.All, settlements.Foreign, settlements.Settlements, remains.Leftovers, fleet.Troubles, aof.CutOff, drained.TotalSeconds);
    }

    /// <summary>Faults until all jobs have ended or their time is over. Everything that was stopped goes on when it returns.</summary>
    private async Task TroubleAsync(Fleet fleet, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sampling = aof.RunAsync(enough.Token);
        var troubling = options.Calm ? Task.CompletedTask : Task.WhenAll(
            new ProcessFaults(fleet, faults, options.Seed).RunAsync(enough.Token),
            new RedisFaults(redis, aof, faults, ~options.Seed, cancellationToken).RunAsync(enough.Token));
        var ended = UntilEndedAsync(fleet, options.FaultTime, enough.Token);
        try
        {
            // A fault that could not be done ends the run with its reason.
            await await Task.WhenAny(ended, options.Calm ? ended : troubling);
        }
        finally
        {
            await enough.CancelAsync();
            await sampling;
        }
        await troubling;
    }

    private async Task UntilEndedAsync(Fleet fleet, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var shown = TimeSpan.Zero;
        while (MachineClock.Now - begin is var passed && passed < atMost)
        {
            var waiting = await WaitingAsync(cancellationToken);
            if (fleet.HasSentAll && waiting == 0)
                return;
            if (passed - shown > TimeSpan.FromSeconds(15))
            {
                shown = passed;
                Console.Error.WriteLine($"{passed:mm\\:ss}  {waiting?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"} jobs waiting, {faults.All.Count} faults");
            }
            await Task.Delay(Watch, cancellationToken);
        }
    }

    /// <returns>Null while Redis does not answer.</returns>
    private async Task<long?> WaitingAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await QueueRemains.WaitingAsync(redis.Database).WaitAsync(Patience, cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return null;
        }
    }
}
