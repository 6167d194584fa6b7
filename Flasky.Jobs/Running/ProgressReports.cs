using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Tracking;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Running;

/// <summary>
/// Sends what one running job reports: one report at a time, and always the newest, so that a handler which reports a
/// million times costs Redis as much as one that reports now and then. Thread-safe.
/// </summary>
internal sealed partial class ProgressReports(Func<string, Task> send, ClaimedJob job, TimeSpan patience, TimeProvider time, ILogger logger)
{
    private readonly Lock gate = new();
    private JobProgress? newest;
    private bool isSending;
    private Task sending = Task.CompletedTask;

    public void Report(JobProgress progress)
    {
        lock (gate)
        {
            newest = progress;
            if (isSending)
                return;
            isSending = true;
            sending = SendAsync();
        }
    }

    /// <summary>Completes when the last report has been sent, or could not be. Never faults.</summary>
    public Task WhenSentAsync()
    {
        lock (gate)
            return sending;
    }

    private async Task SendAsync()
    {
        // Not inside the handler's call.
        await Task.Yield();
        while (Next() is { } progress)
        {
            try
            {
                await send(JsonSerializer.Serialize(progress, JobProgressContext.Default.JobProgress))
                    .WaitAsync(patience, time).ConfigureAwait(false);
            }
            catch (Exception e) when (e.IsOutage())
            {
                // The job matters, not its progress; the next report says more.
                LogNotReported(job.Queue, job.Id, e.Message);
            }
        }
    }

    private JobProgress? Next()
    {
        lock (gate)
        {
            var next = newest;
            newest = null;
            isSending = next is not null;
            return next;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Queue}:{JobId}: its progress could not be reported ({Problem})")]
    private partial void LogNotReported(string queue, string jobId, string problem);
}
