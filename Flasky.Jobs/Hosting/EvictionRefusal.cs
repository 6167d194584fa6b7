using Flasky.Jobs.Recurring;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Hosting;

/// <summary>
/// Ends the start of a worker or scheduler on a Redis that may drop jobs. One that is away at the start is asked when it comes: a
/// worker waits for its Redis, and stops again if it is not fit.
/// </summary>
internal sealed class EvictionRefusal(EvictionGuard guard, IEnumerable<JobRegistry> workers, RecurringRegistry recurring, TimeProvider time) : BackgroundService
{
    /// <summary>How long the start waits for an answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private bool asked;

    /// <summary>In a cluster each may have a server of its own.</summary>
    private HashSet<string> Queues => [.. workers.SelectMany(worker => worker.Queues), .. recurring.Queues, .. recurring.Declared.Select(job => job.Queue)];

    /// <exception cref="OptionsValidationException">Redis may drop jobs.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        asked = await AskAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!asked && !stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stoppingToken.IsCancellationRequested)
                asked = await AskAsync(stoppingToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether there was an answer, and a good one.</returns>
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var problems = await Task.WhenAll(Queues.Select(guard.ProblemAsync)).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            // It is an error of settings, though of the server's: hosts report it as they do those.
            if (problems.OfType<string>().FirstOrDefault() is { } problem)
                throw new OptionsValidationException(nameof(FlaskyJobsOptions.RefuseEviction), typeof(FlaskyJobsOptions), [problem]);
            return true;
        }
        catch (Exception e) when (e.IsOutage(cancellationToken))
        {
            return false;
        }
    }
}
