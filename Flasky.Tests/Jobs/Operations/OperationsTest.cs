using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Operations;

/// <summary>What the tests of operations share.</summary>
public abstract class OperationsTest(Servers servers) : JobsTest(servers)
{
    protected const string Queue = "default";

    protected IJobOperations Operations => App.Operations;

    /// <summary>Waits until a queue's figures are as asked for.</summary>
    protected async Task<QueueStatistics> WaitForAsync(Func<QueueStatistics, bool> asked)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var now = await Operations.GetStatisticsAsync(Queue, timeout.Token);
            if (asked(now))
                return now;
            await Task.Delay(10, timeout.Token);
        }
    }

    /// <summary>Starts a worker whose every job dies with its own text in the error.</summary>
    protected async Task<IReadOnlyList<JobId>> EnqueueDeadAsync(IReadOnlyList<string> texts, EnqueueOptions? options = null)
    {
        var doomed = new Runs { Behaviour = (run, _) => throw new JobDiscardedException($"no use for {run.Job.Text}") };
        var worker = await StartWorkerAsync(runs: doomed);
        var ids = new List<JobId>();
        foreach (var text in texts)
            ids.Add(await App.Queue.EnqueueAsync(new Note(text), options, Cancellation));
        await WaitForAsync(now => now.Dead == texts.Count);
        await worker.StopAsync(Cancellation);
        return ids;
    }

    protected async Task<List<JobSummary>> ListAllAsync(JobQuery query)
    {
        var all = new List<JobSummary>();
        do
        {
            var page = await Operations.ListAsync(Queue, query, Cancellation);
            all.AddRange(page.Jobs);
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        return all;
    }
}
