using System.Text.Json;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Running;

/// <summary>Reads what Redis handed out. Nothing that was not registered is ever made of it. Thread-safe.</summary>
internal sealed class JobDecoder(JobRegistry registry, IOptions<JobJsonOptions> json)
{
    /// <param name="claimed">What Redis has.</param>
    /// <param name="job">The job, if it can be run.</param>
    /// <param name="outcome">What is to be recorded, if it cannot.</param>
    /// <param name="problem">Why it cannot, for people.</param>
    public bool TryDecode(ClaimedJob claimed, Action<JobProgress> report, out DecodedJob job, out JobOutcome outcome, out string problem)
    {
        (job, outcome, problem) = (null!, default, "");
        var directives = JobDirectives.None;
        if (WireJob.Parse(claimed.Job) is not { } wire || !Guid.TryParseExact(wire.Id, "N", out var id))
        {
            problem = $"What Redis has is no job: '{claimed.Job}'.";
            outcome = Outcomes.Unreadable(claimed, null, directives, problem);
            return false;
        }
        try
        {
            var headers = JobHeaders.Read(wire.Headers);
            directives = JobDirectives.Read(headers);
            if (registry.Find(wire.Name) is { } registration)
            {
                job = new DecodedJob(
                    claimed, registration, registration.Decode(claimed.Arguments, json.Value.SerializerOptions), wire, headers, directives,
                    new JobContext
                    {
                        Id = new JobId(claimed.Queue, id),
                        Name = wire.Name,
                        Attempt = wire.Attempts + 1,
                        Delivery = claimed.Delivery,
                        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(wire.CreatedMs),
                        Tick = Recurring.RecurringHeaders.Tick(headers),
                        Reporter = report,
                    });
                return true;
            }
            problem = $"This worker has no handler for the job '{wire.Name}'.";
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            problem = $"The arguments or headers of job '{wire.Name}' cannot be read: {e.Message}";
        }
        outcome = Outcomes.Unreadable(claimed, wire, directives, problem);
        return false;
    }
}
