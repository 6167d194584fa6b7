using System.Diagnostics;
using Flasky.Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Context;

/// <summary>One key of the current activity's baggage.</summary>
internal sealed partial class BaggageCarrier(string key, ILogger<BaggageCarrier> logger) : IJobContextCarrier
{
    /// <summary>Baggage arrives in requests, so a stranger may have written it: long values are left behind instead of failing the enqueue.</summary>
    private const int MaxLength = 256;

    public string Name { get; } = CarrierNames.BaggagePrefix + key;

    public string? Capture()
    {
        var value = Activity.Current?.GetBaggageItem(key);
        if (value?.Length > MaxLength)
        {
            LogTooLong(key, value.Length, MaxLength);
            return null;
        }
        return value;
    }

    public IDisposable? Restore(string value, IServiceProvider services)
    {
        if (Activity.Current is { } span)
        {
            span.AddBaggage(key, value);
            return null;
        }
        // Nobody listens to the queue's spans. Baggage needs an activity all the same, and it stays in the trace.
        var activity = new Activity("job");
        if (AmbientJob.Current is { } job && JobsTelemetry.Parent(job.Headers) is { TraceId: var trace } parent && trace != default)
            activity.SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        return activity.AddBaggage(key, value).Start();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The baggage '{Key}' is not carried into the job: it has {Length} characters, the most is {MaxLength}")]
    private partial void LogTooLong(string key, int length, int maxLength);
}
