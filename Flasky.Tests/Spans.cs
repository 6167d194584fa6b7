using System.Collections.Concurrent;
using System.Diagnostics;

namespace Flasky.Tests;

/// <summary>Begins a trace and keeps the spans of one source that belong to it, whatever other tests do meanwhile.</summary>
internal sealed class Spans : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private readonly ActivitySource root = new($"test-{Guid.NewGuid():N}");
    private readonly ActivityListener listener;
    private ActivityTraceId trace;

    /// <param name="source">Whose spans.</param>
    public Spans(string source)
    {
        listener = new ActivityListener
        {
            ShouldListenTo = listened => listened.Name == source || listened.Name == root.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Those of the trace that have ended, in the order of their ends.</summary>
    public IReadOnlyList<Activity> OfTrace => [.. ended.Where(span => span.TraceId == trace && span.Source.Name != root.Name)];

    /// <summary>Begins the trace. The caller ends its first span.</summary>
    public Activity Begin()
    {
        var first = root.StartActivity("test")!;
        trace = first.TraceId;
        return first;
    }

    public void Dispose()
    {
        listener.Dispose();
        root.Dispose();
    }
}
