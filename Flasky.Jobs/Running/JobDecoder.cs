using System.Text.Json;
using Flasky.Jobs.Context;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Workflows;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Running;

/// <summary>Reads what Redis handed out. Nothing that was not registered is ever made of it. Thread-safe.</summary>
internal sealed class JobDecoder(JobRegistry registry, JobSerializer serializer, WorkflowReader workflows, IOptions<JobWorkerOptions> worker)
{
    /// <param name="claimed">What Redis has.</param>
    /// <param name="queue">Where it came from, and where its progress goes.</param>
    /// <param name="job">The job, if it can be run.</param>
    /// <param name="outcome">What is to be recorded, if it cannot.</param>
    /// <param name="problem">Why it cannot, for people.</param>
    public bool TryDecode(ClaimedJob claimed, QueueAccess queue, out DecodedJob job, out JobOutcome outcome, out string problem)
    {
        (job, outcome, problem) = (null!, default, "");
        var directives = JobDirectives.None;
        if (WireJob.Parse(claimed.Job) is not { } wire || !Guid.TryParseExact(wire.Id, "N", out var id))
        {
            problem = $"What Redis has is no job: '{claimed.Job}'.";
            outcome = Outcomes.Unreadable(claimed, null, directives, problem);
            return false;
        }
        var name = JobWireName.Parse(wire.Name);
        try
        {
            var headers = JobHeaders.Read(wire.Headers);
            directives = JobDirectives.Read(headers);
            if (registry.Find(name.Name) is { } registration)
            {
                job = new DecodedJob(
                    claimed, registration, serializer.Read(registration, name.Version, claimed.Queue, claimed.Arguments), wire, headers, directives,
                    new JobContext
                    {
                        Id = new JobId(claimed.Queue, id),
                        Name = name.Name,
                        Attempt = wire.Attempts + 1,
                        Delivery = claimed.Delivery,
                        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(wire.CreatedMs),
                        Tick = Recurring.RecurringHeaders.Tick(headers),
                        Carried = ContextFlow.Carried(headers),
                        Workflow = directives.Workflow?.Workflow,
                        Inputs = directives.Workflow is { } place ? InputsOf(place) : null,
                        Reporter = new ProgressReporter(queue, claimed, directives.TrackedForMs > 0),
                    });
                return true;
            }
            problem = $"This worker has no handler for the job '{wire.Name}'.";
        }
        catch (UnreadableJobException e)
        {
            problem = e.Message;
            if (!e.IsLasting)
            {
                outcome = Outcomes.Postponed(claimed, wire, directives, RetryDelays.Unreadable(worker.Value), problem);
                return false;
            }
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            problem = $"The headers of job '{wire.Name}' cannot be read: {e.Message}";
        }
        outcome = Outcomes.Unreadable(claimed, wire, directives, problem);
        return false;
    }

    private Func<CancellationToken, Task<IReadOnlyList<JobInput>>> InputsOf(WorkflowPlace place) => cancellation => workflows.InputsAsync(place, cancellation);
}
