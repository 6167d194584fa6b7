using System.Collections.Concurrent;
using System.Diagnostics;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class TracingTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task EveryAttemptContinuesTheTraceOfTheEnqueue()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var root = new ActivitySource($"test-{Guid.NewGuid():N}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Flasky.Jobs" || source.Name == root.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        Runs.Behaviour = (run, _) => run.Context.Attempt == 1 ? throw new TimeoutException("first") : Task.CompletedTask;
        await StartWorkerAsync();

        ActivityTraceId trace;
        JobEnvelope envelope;
        using (var request = root.StartActivity("request")!)
        {
            trace = request.TraceId;
            envelope = App.Queue.Create(new Note("traced"));
        }
        // Sent later, outside of the request, as an outbox does.
        await App.Queue.SendAsync([envelope], Cancellation);
        await Runs.NextAsync();
        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        var ours = spans.Where(span => span.TraceId == trace).ToList();
        var send = Assert.Single(ours, span => span.Kind == ActivityKind.Producer);
        var process = ours.Where(span => span.Kind == ActivityKind.Consumer).ToList();
        Assert.Equal("send default", send.DisplayName);
        Assert.Equal(2, process.Count);
        Assert.All(process, span => Assert.Equal(send.SpanId, span.ParentSpanId));
        Assert.All(process, span => Assert.Equal(envelope.Id.ToString(), span.GetTagItem("messaging.message.id")));
        Assert.Equal(ActivityStatusCode.Error, process[0].Status);
        Assert.Equal([1, 2], process.Select(span => span.GetTagItem("flasky.job.attempt")));
    }
}
