using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>Sends a share of the jobs in batches, from where its predecessor was killed.</summary>
/// <param name="Producer">Which one.</param>
/// <param name="First">The first job of the share.</param>
/// <param name="End">The first job after the share.</param>
/// <param name="Begin">When the first is to be sent, by <see cref="MachineClock"/>.</param>
/// <param name="Span">Until the last is.</param>
internal sealed record SoakProducer(string Redis, string Folder, int Seed, int Producer, int First, int End, TimeSpan Begin, TimeSpan Span)
{
    /// <summary>Makes this program such a process. Internal: no user needs it.</summary>
    public const string Argument = "--soak-producer";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = SoakHost.UntilLeftAsync(cancellationToken).ContinueWith(_ => left.Cancel(), TaskScheduler.Default);
        var next = SentLog.Next(Folder, Producer) ?? First;
        using var log = new SentLog(Folder, Producer);
        using var host = SoakHost.NewBuilder(Redis).Build();
        var queue = host.Services.GetRequiredService<IJobQueue>();
        try
        {
            while (next < End)
            {
                await UntilAsync(Begin + (Span * (next - First) / (End - First)), left.Token);
                var random = JobPlan.RandomOf(~Seed, next);
                var jobs = Enumerable.Range(next, Math.Min(random.Next(1, 200), End - next)).ToArray();
                if (random.Next(2) == 0)
                    await SendUntilTakenAsync(queue, log, jobs, left.Token);
                else
                    await EnqueueOnceAsync(queue, log, jobs, left.Token);
                next += jobs.Length;
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // What was not acknowledged by now stays unknown, as after a kill.
        }
        return 0;
    }

    /// <summary>As an outbox does it: the same envelopes again until the queue has taken them.</summary>
    private async Task SendUntilTakenAsync(IJobQueue queue, SentLog log, int[] jobs, CancellationToken cancellationToken)
    {
        log.Intend(jobs);
        var envelopes = Array.ConvertAll(jobs, job => queue.Create(NewJob(job, out var delay), new EnqueueOptions { Delay = delay }));
        while (!await TakenAsync(queue.SendAsync(envelopes, cancellationToken)))
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        log.Acknowledge(jobs);
    }

    /// <summary>As a request does it: once, and whether it arrived stays unknown when it fails.</summary>
    private async Task EnqueueOnceAsync(IJobQueue queue, SentLog log, int[] jobs, CancellationToken cancellationToken)
    {
        log.Intend(jobs);
        var delayed = jobs.ToLookup(job => JobPlan.Of(Seed, job).Delay > TimeSpan.Zero);
        if (await TakenAsync(queue.EnqueueManyAsync(delayed[false].Select(job => NewJob(job, out _)), cancellationToken: cancellationToken)))
            log.Acknowledge(delayed[false]);
        foreach (var job in delayed[true])
        {
            if (await TakenAsync(queue.EnqueueAsync(NewJob(job, out var delay), new EnqueueOptions { Delay = delay }, cancellationToken)))
                log.Acknowledge([job]);
        }
    }

    private SoakJob NewJob(int number, out TimeSpan delay)
    {
        delay = JobPlan.Of(Seed, number).Delay;
        return new SoakJob(number, (MachineClock.Now + delay).Ticks);
    }

    private static async Task<bool> TakenAsync(Task sending)
    {
        try
        {
            await sending;
            return true;
        }
        catch (JobQueueUnavailableException)
        {
            return false;
        }
    }

    private static Task UntilAsync(TimeSpan time, CancellationToken cancellationToken) =>
        time - MachineClock.Now is var wait && wait > TimeSpan.Zero ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;
}
