using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using OpenTelemetry;

namespace Flasky.Compat.Tests.OpenTelemetry;

/// <summary>Keeps the activities of one trace as they end: other tests' activities pass through the same sources.</summary>
internal sealed class Recording : BaseProcessor<Activity>
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly Channel<Activity> arrivals = Channel.CreateUnbounded<Activity>();
    private readonly Activity root = new Activity("test").SetIdFormat(ActivityIdFormat.W3C);

    public IEnumerable<Activity> Ended => ended;

    /// <summary>Starts the trace in the current context, sampled.</summary>
    public Activity StartTrace()
    {
        root.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        return root.Start();
    }

    public override void OnEnd(Activity data)
    {
        if (data.TraceId == root.TraceId)
        {
            ended.Enqueue(data);
            arrivals.Writer.TryWrite(data);
        }
    }

    public async Task<Activity> NextServerSpanAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var activity = await arrivals.Reader.ReadAsync(limit.Token);
            if (activity.Kind == ActivityKind.Server)
            {
                return activity;
            }
        }
    }
}
