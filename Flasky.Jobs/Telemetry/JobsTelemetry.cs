using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Flasky.Jobs.Telemetry;

/// <summary>
/// Spans and metrics by OpenTelemetry's messaging conventions. Names: source and meter <see cref="Name"/>; spans
/// <c>send {queue}</c> and <c>process {queue}</c>, the second a child of the first, on every attempt.
/// </summary>
internal static class JobsTelemetry
{
    public const string Name = "Flasky.Jobs";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Sent =
        Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Jobs handed to Redis.");

    public static readonly Counter<long> Consumed =
        Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}", "Jobs handed out to this worker.");

    public static readonly Histogram<double> SendDuration =
        Meter.CreateHistogram<double>("messaging.client.operation.duration", "s", "Time to hand jobs to Redis.");

    public static readonly Histogram<double> ProcessDuration =
        Meter.CreateHistogram<double>("messaging.process.duration", "s", "Time a handler ran.");

    public static readonly Counter<long> LeasesLost =
        Meter.CreateCounter<long>("flasky.jobs.leases.lost", "{job}", "Jobs this worker took over from one that died, or was silent for longer than its lease.");

    public static TagList Tags(string queue, string operation) => new()
    {
        { "messaging.system", "flasky" },
        { "messaging.operation.name", operation },
        { "messaging.operation.type", operation },
        { "messaging.destination.name", queue },
    };

    public static Activity? Start(string operation, ActivityKind kind, JobId id, string name, ActivityContext parent)
    {
        if (!Source.HasListeners())
            return null;
        var activity = Source.StartActivity($"{operation} {id.Queue}", kind, parent);
        if (activity is { IsAllDataRequested: true })
        {
            foreach (var (key, value) in Tags(id.Queue, operation))
                activity.SetTag(key, value);
            activity.SetTag("messaging.message.id", id.ToString());
            activity.SetTag("flasky.job.name", Serialization.JobWireName.Parse(name).Name);
        }
        return activity;
    }

    /// <summary>The context in the headers, or the default one when there is none or it is malformed.</summary>
    public static ActivityContext Parent(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue(Serialization.JobHeaders.TraceParent, out var traceParent)
        && ActivityContext.TryParse(traceParent, headers.GetValueOrDefault(Serialization.JobHeaders.TraceState), isRemote: true, out var context)
            ? context
            : default;
}
