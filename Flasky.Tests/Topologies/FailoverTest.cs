using System.Collections.Concurrent;
using System.Diagnostics;
using Flasky.Jobs;
using Flasky.Tests.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Topologies;

/// <summary>A master is killed while jobs are enqueued and run; what must hold on every topology.</summary>
public abstract class FailoverTest
{
    /// <summary>How long a server may be silent before the others call it dead; the promotion follows.</summary>
    protected static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(2);

    /// <summary>
    /// From the promotion to the next run of a job. The client looks at the roles of its servers each second, and reconnects
    /// within a few; the rest is room for a busy machine.
    /// </summary>
    private static readonly TimeSpan GoesOnWithin = TimeSpan.FromSeconds(30);

    /// <summary>What was acknowledged so shortly before the death may have died unreplicated.</summary>
    private static readonly TimeSpan ReplicationLag = TimeSpan.FromSeconds(1);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts workers and a producer, kills the master under them, and sees that work goes on and nothing replicated is lost.</summary>
    /// <param name="app">On the topology under test.</param>
    /// <param name="master">Has the default queue.</param>
    /// <param name="replica">Will be promoted.</param>
    protected static async Task SurvivesAsync(JobsHost app, RedisProcess master, RedisProcess replica)
    {
        var ran = new ConcurrentDictionary<JobId, long>();
        var runs = new Runs
        {
            Behaviour = async (run, token) =>
            {
                await Task.Delay(20, token);
                ran[run.Context.Id] = Stopwatch.GetTimestamp();
            },
        };
        for (var i = 0; i < 2; i++)
        {
            await app.StartWorkerAsync(worker =>
            {
                worker.Services.AddSingleton(runs).AddScoped<ScopeMarker>();
                worker.Handle<Note, NoteHandler>();
                // A dead master fails every call of the meantime; no job may be given up for that.
                worker.Configure(options => (options.Lease, options.MaxDeliveries) = (TimeSpan.FromSeconds(3), 1000));
            });
        }
        var acknowledged = new ConcurrentDictionary<JobId, long>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var producing = ProduceAsync(app, acknowledged, stop.Token);
        await WaitUntilAsync(() => ran.Count >= 100, "a hundred jobs ran");

        var killed = Stopwatch.GetTimestamp();
        await master.KillAsync();
        await replica.WaitForAsync("INFO replication", "role:master", Cancellation);
        var promoted = Stopwatch.GetTimestamp();

        await WaitUntilAsync(() => ran.Values.Any(at => at > promoted) && acknowledged.Values.Any(at => at > promoted), "work goes on");
        var wentOn = Stopwatch.GetElapsedTime(promoted, Math.Max(ran.Values.Where(at => at > promoted).Min(), acknowledged.Values.Where(at => at > promoted).Min()));
        var more = ran.Count + 100;
        await WaitUntilAsync(() => ran.Count >= more, "a hundred jobs more ran");
        await stop.CancelAsync();
        await producing;

        // Asynchronous replication may lose what was acknowledged just before the death, and nothing else.
        bool MayBeLost(long at) => at <= killed + Stopwatch.Frequency && Stopwatch.GetElapsedTime(at, killed) < ReplicationLag;
        await WaitUntilAsync(() => acknowledged.All(job => ran.ContainsKey(job.Key) || MayBeLost(job.Value)), "every replicated job is done");
        var lost = acknowledged.Keys.Count(id => !ran.ContainsKey(id));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"promoted {Stopwatch.GetElapsedTime(killed, promoted).TotalSeconds:0.0} s after the death, work went on {wentOn.TotalSeconds:0.0} s later; " +
            $"{acknowledged.Count} jobs acknowledged, {lost} of the last second lost");
        Assert.True(wentOn < GoesOnWithin, $"Work went on {wentOn} after the promotion.");
    }

    /// <summary>Enqueues job after job as an outbox does: what was not acknowledged is sent again, under the same id.</summary>
    private static async Task ProduceAsync(JobsHost app, ConcurrentDictionary<JobId, long> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var envelope = app.Queue.Create(new Note("survives"));
            while (!await TrySendAsync(app.Queue, envelope, stop))
                await Task.Delay(50, CancellationToken.None);
            if (!stop.IsCancellationRequested)
                acknowledged[envelope.Id] = Stopwatch.GetTimestamp();
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <returns>True also when the test is over.</returns>
    private static async Task<bool> TrySendAsync(IJobQueue queue, JobEnvelope envelope, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return true;
        try
        {
            await queue.SendAsync([envelope], CancellationToken.None);
            return true;
        }
        catch (JobQueueUnavailableException)
        {
            return false;
        }
    }

    private static async Task WaitUntilAsync(Func<bool> condition, string what)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromMinutes(2));
        while (!condition())
        {
            if (timeout.IsCancellationRequested)
                Assert.Fail($"Not within two minutes: {what}.");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
