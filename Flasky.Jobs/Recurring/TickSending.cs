using System.Diagnostics;
using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Telemetry;

namespace Flasky.Jobs.Recurring;

/// <summary>The jobs that one scheduler offers for the ticks of one recurring job, each with the span that its trace begins with.</summary>
internal sealed class TickSending : IDisposable
{
    private readonly string queue;
    private readonly Activity?[] spans;
    private bool sent;

    public TickSending(string queue, string name, RecurringDefinition definition, IReadOnlyList<DateTimeOffset> ticks, DateTimeOffset now)
    {
        this.queue = queue;
        spans = new Activity?[ticks.Count];
        var jobs = new WireJob[ticks.Count];
        for (var i = 0; i < jobs.Length; i++)
        {
            var id = RecurringHeaders.Id(queue, name, ticks[i]);
            var headers = RecurringHeaders.Write(name, ticks[i]);
            foreach (var (key, value) in definition.Directives ?? [])
                headers[key] = value;
            // Each begins a trace of its own.
            Activity.Current = null;
            spans[i] = JobsTelemetry.Start("send", ActivityKind.Producer, id, definition.Job, default);
            if (spans[i]?.Id is { } traceParent)
                headers[JobHeaders.TraceParent] = traceParent;
            jobs[i] = new WireJob(id.Value.ToString("N"), definition.Job, 0, now.ToUnixTimeMilliseconds(), JobHeaders.Write(headers));
        }
        Jobs = jobs;
    }

    public IReadOnlyList<WireJob> Jobs { get; }

    /// <summary>Says that this scheduler was the one to enqueue them.</summary>
    public void Sent()
    {
        sent = true;
        JobsTelemetry.Sent.Add(Jobs.Count, JobsTelemetry.Tags(queue, "send"));
    }

    public void Dispose()
    {
        foreach (var span in spans)
        {
            // Another scheduler's span tells of the tick.
            if (span is not null && !sent)
                span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            span?.Dispose();
        }
    }
}
