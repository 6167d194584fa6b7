using System.Diagnostics;
using System.Text.Json;
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
    JobRegistry registry,
    IServiceScopeFactory scopes,
    JobSerializer serializer,
    ContextFlow contextFlow,
    IOptions<JobWorkerOptions> worker,
    TimeProvider time,
    ILogger<JobRunner> logger)
{
    private static readonly Func<ILogger, string, JobId, IDisposable?> JobScope = LoggerMessage.DefineScope<string, JobId>("{Job} {JobId}");

    public async Task<JobOutcome> RunAsync(RunningJob running)
    {
        var (decoded, problem) = Decode(running.Claimed);
        if (decoded is null)
        {
            if (problem.Result == JobResult.Postponed)
                LogPostponed(running.Claimed.Queue, running.Claimed.Id, problem.Reason);
            else
                LogUnreadable(running.Claimed.Queue, running.Claimed.Id, problem.Reason);
            return problem;
        }

        var context = decoded.Context;
        using var span = JobsTelemetry.Start("process", ActivityKind.Consumer, context.Id, context.Name, JobsTelemetry.Parent(decoded.Headers));
        span?.SetTag("flasky.job.attempt", context.Attempt);
        span?.SetTag("flasky.job.delivery", context.Delivery);
        using var logScope = JobScope(logger, context.Name, context.Id);

        var started = time.GetTimestamp();
        var (outcome, error) = await HandleAsync(running, decoded).ConfigureAwait(false);
        Record(outcome, error, span, context, time.GetElapsedTime(started));
        return outcome;
    }

    /// <returns>The job, or why it cannot be run.</returns>
    private (DecodedJob? Job, JobOutcome Problem) Decode(ClaimedJob claimed)
    {
        if (WireJob.Parse(claimed.Job) is not { } wire || !Guid.TryParseExact(wire.Id, "N", out var id))
            return (null, JobOutcome.Dead($"What Redis has is no job: '{claimed.Job}'."));
        var name = JobWireName.Parse(wire.Name);
        if (registry.Find(name.Name) is not { } registration)
            return (null, JobOutcome.Dead($"This worker has no handler for the job '{wire.Name}'."));
        try
        {
            var headers = JobHeaders.Read(wire.Headers);
            return (new DecodedJob(
                registration,
                serializer.Read(registration, name.Version, claimed.Queue, claimed.Arguments),
                headers,
                new JobContext
                {
                    Id = new JobId(claimed.Queue, id),
                    Name = name.Name,
                    Attempt = wire.Attempts + 1,
                    Delivery = claimed.Delivery,
                    CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(wire.CreatedMs),
                    Tick = Recurring.RecurringHeaders.Tick(headers),
                    Carried = ContextFlow.Carried(headers),
                }), default);
        }
        catch (UnreadableJobException e)
        {
            return (null, e.IsLasting ? JobOutcome.Dead(e.Message) : JobOutcome.Postponed(RetryDelays.Unreadable(worker.Value), e.Message));
        }
        catch (JsonException e)
        {
            return (null, JobOutcome.Dead($"The headers of job '{wire.Name}' cannot be read: {e.Message}"));
        }
    }

    private async Task<(JobOutcome Outcome, Exception? Error)> HandleAsync(RunningJob running, DecodedJob decoded)
    {
        var context = decoded.Context;
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                using var restored = contextFlow.Restore(context, decoded.Headers, scope.ServiceProvider);
                await decoded.Registration.HandleAsync(scope.ServiceProvider, decoded.Job, context, running.Token).ConfigureAwait(false);
            }
            return (JobOutcome.Succeeded, null);
        }
        catch (Exception e) when (running.Token.IsCancellationRequested)
        {
            // Whatever it threw, it was told to stop: that is no failure of the job's own.
            return (JobOutcome.Abandoned, e);
        }
        catch (JobDiscardedException e)
        {
            return (JobOutcome.Dead($"Discarded: {e.Message}"), e);
        }
        catch (Exception e) when (context.Attempt >= worker.Value.MaxAttempts)
        {
            return (JobOutcome.Dead($"Attempt {context.Attempt} of {worker.Value.MaxAttempts} failed: {e}"), e);
        }
        catch (Exception e)
        {
            return (JobOutcome.Retry(RetryDelays.Next(context.Attempt, worker.Value)), e);
        }
    }

    private void Record(JobOutcome outcome, Exception? error, Activity? span, JobContext context, TimeSpan duration)
    {
        if (JobsTelemetry.ProcessDuration.Enabled)
            RecordDuration(error, context, duration);
        if (error is not null)
        {
            span?.SetTag("error.type", error.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, error.Message);
            span?.AddException(error);
        }

        switch (outcome.Result)
        {
            case JobResult.Succeeded:
                LogSucceeded(context.Name, context.Id, context.Attempt, duration.TotalMilliseconds);
                break;
            case JobResult.Retry:
                LogRetry(context.Name, context.Id, context.Attempt, worker.Value.MaxAttempts, outcome.Delay.TotalSeconds, error!);
                break;
            case JobResult.Dead:
                LogDead(context.Name, context.Id, context.Attempt, error!);
                break;
            case JobResult.Abandoned:
                LogAbandoned(context.Name, context.Id, context.Attempt);
                break;
        }
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

    [LoggerMessage(Level = LogLevel.Debug, Message = "Job {Job} {JobId} succeeded at attempt {Attempt} in {Milliseconds:F1} ms")]
    private partial void LogSucceeded(string job, JobId jobId, int attempt, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} failed at attempt {Attempt} of {MaxAttempts}; the next one is in {Delay:F1} s")]
    private partial void LogRetry(string job, JobId jobId, int attempt, int maxAttempts, double delay, Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} {JobId} failed at attempt {Attempt} and is kept as dead")]
    private partial void LogDead(string job, JobId jobId, int attempt, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Job} {JobId} was stopped at attempt {Attempt}; another worker runs it")]
    private partial void LogAbandoned(string job, JobId jobId, int attempt);

    private sealed record DecodedJob(JobRegistration Registration, IJob Job, IReadOnlyDictionary<string, string> Headers, JobContext Context);
}
