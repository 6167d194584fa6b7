using System.Diagnostics;
using Flasky.Jobs.Context;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Running;

/// <summary>Runs one handed-out job: decode, scope, handle, and say what is to be recorded. Never throws.</summary>
internal sealed partial class JobRunner(
    JobDecoder decoder,
    JobSerializer serializer,
    ContextFlow contextFlow,
    IServiceScopeFactory scopes,
    IOptions<JobJsonOptions> json,
    IOptions<JobWorkerOptions> worker,
    TimeProvider time,
    ILogger<JobRunner> logger)
{
    private static readonly Func<ILogger, string, JobId, IDisposable?> JobScope = LoggerMessage.DefineScope<string, JobId>("{Job} {JobId}");

    /// <param name="running">The job.</param>
    /// <param name="queue">Where it came from, and where its start and progress are noted.</param>
    public async ValueTask<JobOutcome> RunAsync(RunningJob running, QueueAccess queue)
    {
        if (!decoder.TryDecode(running.Claimed, queue, out var job, out var unreadable, out var problem))
        {
            if (unreadable.Settlement!.State == JobState.Failed)
                LogUnreadable(running.Claimed.Queue, running.Claimed.Id, problem);
            else
                LogPostponed(running.Claimed.Queue, running.Claimed.Id, problem);
            return unreadable;
        }
        var outcome = Refuse(job, running, queue) ?? await StartAsync(job, running, queue).ConfigureAwait(false)
            ?? GiveUp(job, running) ?? await HandleAsync(running, job, queue).ConfigureAwait(false);
        await job.Context.Reporter!.WhenSentAsync().ConfigureAwait(false);
        return outcome;
    }

    /// <summary>What is to be recorded of a job that must not run (any more). Null: it may.</summary>
    private JobOutcome? Refuse(DecodedJob job, RunningJob running, QueueAccess queue)
    {
        if (running.StopReason == StopReason.Cancelled)
            return CancelledBefore(job);
        if (job.Context.Delivery > worker.Value.MaxDeliveries)
        {
            LogParked(job.Context.Name, job.Context.Id, worker.Value.MaxDeliveries);
            return Outcomes.End(job, JobState.Failed, $"Handed out {worker.Value.MaxDeliveries} times, but no worker lived to settle it.");
        }
        if (job.Directives.ExpiresAtMs <= queue.Clock.Now.ToUnixTimeMilliseconds())
        {
            LogExpired(job.Context.Name, job.Context.Id);
            return Outcomes.End(job, JobState.Expired, "Its time had passed before it could start.");
        }
        return null;
    }

    /// <summary>Notes the start where it is of interest. What is to be recorded if it may not start after all; null: it may.</summary>
    private async ValueTask<JobOutcome?> StartAsync(DecodedJob job, RunningJob running, QueueAccess queue)
    {
        switch (job.Directives.NotesStart ? await queue.StartAsync(job).ConfigureAwait(false) : StartReply.Started)
        {
            case StartReply.Started:
                return null;
            case StartReply.Cancelled:
                return CancelledBefore(job);
            default:
                running.LoseLease();
                return JobOutcome.Abandoned;
        }
    }

    /// <summary>
    /// The last look before the handler: what this worker could not renew in time, because it or Redis was away, may run elsewhere by now, and
    /// its outcome would be refused. Null: the lease holds.
    /// </summary>
    private JobOutcome? GiveUp(DecodedJob job, RunningJob running)
    {
        if (!running.LeaseLost && time.GetTimestamp() < running.LeaseEnd)
            return null;
        running.LoseLease();
        LogTooLate(job.Context.Name, job.Context.Id);
        return JobOutcome.Abandoned;
    }

    private JobOutcome CancelledBefore(DecodedJob job)
    {
        LogCancelled(job.Context.Name, job.Context.Id);
        return Outcomes.End(job, JobState.Cancelled, "");
    }

    private async ValueTask<JobOutcome> HandleAsync(RunningJob running, DecodedJob job, QueueAccess queue)
    {
        var context = job.Context;
        using var span = JobsTelemetry.Start("process", ActivityKind.Consumer, context.Id, context.Name, JobsTelemetry.Parent(job.Headers));
        span?.SetTag("flasky.job.attempt", context.Attempt);
        span?.SetTag("flasky.job.delivery", context.Delivery);
        using var logScope = JobScope(logger, context.Name, context.Id);

        var started = time.GetTimestamp();
        var (error, result) = await InvokeAsync(running, job).ConfigureAwait(false);
        running.Error = error;
        var outcome = error is null ? Outcomes.Success(job, result) : (running.StopReason switch
        {
            StopReason.Cancelled => Outcomes.Cancelled(job),
            // Whatever it threw, it was told to stop: that is no failure of the job's own.
            StopReason.Stopping or StopReason.LeaseLost => JobOutcome.Abandoned,
            _ => Outcomes.Failure(job, error, worker.Value, queue.Consumer, queue.Clock.Now),
        });
        Record(outcome, error, span, context, time.GetElapsedTime(started));
        return outcome;
    }

    /// <summary>Calls the handler, within the limits of its time.</summary>
    private async ValueTask<(Exception? Error, string Result)> InvokeAsync(RunningJob running, DecodedJob job)
    {
        var options = job.Registration.Options;
        try
        {
            if (options is { Timeout: null, HardTimeout: null })
                return (null, await InvokeInScopeAsync(running, job).ConfigureAwait(false));
            return (null, await InvokeWithLimitsAsync(running, job, options).ConfigureAwait(false));
        }
        catch (Exception e) when (running.StopReason == StopReason.TimedOut)
        {
            return (e as TimeoutException ?? new TimeoutException($"It took longer than {options.Timeout ?? options.HardTimeout}.", e), "");
        }
        catch (Exception e)
        {
            return (e, "");
        }
    }

    private async Task<string> InvokeWithLimitsAsync(RunningJob running, DecodedJob job, JobHandlerOptions options)
    {
        var soft = time.CreateTimer(static state => ((RunningJob)state!).Stop(StopReason.TimedOut), running,
            options.Timeout ?? options.HardTimeout!.Value, System.Threading.Timeout.InfiniteTimeSpan);
        await using var disposing = soft.ConfigureAwait(false);
        if (options.HardTimeout is not { } hard)
            return await InvokeInScopeAsync(running, job).ConfigureAwait(false);

        var handling = Task.Run(() => InvokeInScopeAsync(running, job).AsTask(), CancellationToken.None);
        using var limit = new CancellationTokenSource(hard, time);
        await ((Task)handling).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handling.IsCompleted)
            return await handling.ConfigureAwait(false);
        running.Stop(StopReason.TimedOut);
        LogOutOfHand(job.Context.Name, job.Context.Id, hard);
        _ = handling.ContinueWith(late => LogLate(job.Context.Name, job.Context.Id, late.Exception), TaskScheduler.Default);
        throw new TimeoutException($"It took longer than {hard} and did not stop when it was told to.");
    }

    private async ValueTask<string> InvokeInScopeAsync(RunningJob running, DecodedJob job)
    {
        var scope = scopes.CreateAsyncScope();
        await using var _ = scope.ConfigureAwait(false);
        using var restored = contextFlow.Restore(job.Context, job.Headers, scope.ServiceProvider);
        var handled = job.Registration.HandleAsync(scope.ServiceProvider, job.Job, job.Context, running.Token);
        await handled.ConfigureAwait(false);
        return serializer.CheckResult(await job.Registration.ResultOfAsync(handled, json.Value.SerializerOptions).ConfigureAwait(false), job);
    }

    private void Record(JobOutcome outcome, Exception? error, Activity? span, JobContext context, TimeSpan duration)
    {
        if (JobsTelemetry.ProcessDuration.Enabled)
            RecordDuration(error, context, duration);
        if (error is not null and not JobSnoozedException)
        {
            span?.SetTag("error.type", error.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            span?.AddException(error);
        }

        if (outcome.IsAbandoned)
            LogAbandoned(context.Name, context.Id, context.Attempt);
        else if (error is null)
            LogSucceeded(context.Name, context.Id, context.Attempt, duration.TotalMilliseconds);
        else if (outcome.Settlement!.State == JobState.Failed)
            LogDead(context.Name, context.Id, context.Attempt, error);
        else if (outcome.Settlement.State == JobState.Cancelled)
            LogCancelled(context.Name, context.Id);
        else if (outcome.Settlement.State == JobState.Scheduled)
            LogSnoozed(context.Name, context.Id, outcome.Settlement.Delay!.Value.TotalSeconds, error.Message);
        else
            LogRetry(context.Name, context.Id, context.Attempt, outcome.Settlement.Delay!.Value.TotalSeconds, error);
    }

    private static void RecordDuration(Exception? error, JobContext context, TimeSpan duration)
    {
        var tags = JobsTelemetry.Tags(context.Id.Queue, "process");
        tags.Add("flasky.job.name", context.Name);
        if (error is not null)
            tags.Add("error.type", error.GetType().FullName);
        JobsTelemetry.ProcessDuration.Record(duration.TotalSeconds, tags);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Queue}:{JobId} is kept as dead: {Problem}")]
    private partial void LogUnreadable(string queue, string jobId, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Queue}:{JobId} waits for a worker that can read it: {Problem}")]
    private partial void LogPostponed(string queue, string jobId, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} {JobId} is kept as dead: it was handed out {Deliveries} times and no worker lived to settle it")]
    private partial void LogParked(string job, JobId jobId, int deliveries);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} {JobId} has expired before it could start")]
    private partial void LogExpired(string job, JobId jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} was not started: its lease ran out before; another worker runs it")]
    private partial void LogTooLate(string job, JobId jobId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} {JobId} was cancelled")]
    private partial void LogCancelled(string job, JobId jobId);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Job} {JobId} succeeded at attempt {Attempt} in {Milliseconds:F1} ms")]
    private partial void LogSucceeded(string job, JobId jobId, int attempt, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} {JobId} runs again in {Delay:F1} s, as it asked: {Reason}")]
    private partial void LogSnoozed(string job, JobId jobId, double delay, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} failed at attempt {Attempt}; the next one is in {Delay:F1} s")]
    private partial void LogRetry(string job, JobId jobId, int attempt, double delay, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} {JobId} failed at attempt {Attempt} and is kept as dead")]
    private partial void LogDead(string job, JobId jobId, int attempt, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} was stopped at attempt {Attempt}; another worker runs it")]
    private partial void LogAbandoned(string job, JobId jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} {JobId} did not stop within {Limit}; its attempt has failed, and what it still does is not recorded")]
    private partial void LogOutOfHand(string job, JobId jobId, TimeSpan limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} came to its end after its time limit")]
    private partial void LogLate(string job, JobId jobId, Exception? error);
}
