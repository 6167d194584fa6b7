using System.Diagnostics;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs;

public sealed class TracingTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task EveryAttemptContinuesTheTraceOfTheEnqueue()
    {
        using var spans = new Spans("Flasky.Jobs");
        Runs.Behaviour = (run, _) => run.Context.Attempt == 1 ? throw new TimeoutException("first") : Task.CompletedTask;
        await StartWorkerAsync();

        JobEnvelope envelope;
        using (spans.Begin())
            envelope = App.Queue.Create(new Note("traced"));
        // Sent later, outside of the request, as an outbox does.
        await App.Queue.SendAsync([envelope], Cancellation);
        await Runs.NextAsync();
        await Runs.NextAsync();
        await WaitUntilSettledAsync();

        var send = Assert.Single(spans.OfTrace, span => span.Kind == ActivityKind.Producer);
        var process = spans.OfTrace.Where(span => span.Kind == ActivityKind.Consumer).ToList();
        Assert.Equal("send default", send.DisplayName);
        Assert.Equal(2, process.Count);
        Assert.All(process, span => Assert.Equal(send.SpanId, span.ParentSpanId));
        Assert.All(process, span => Assert.Equal(envelope.Id.ToString(), span.GetTagItem("messaging.message.id")));
        Assert.Equal(ActivityStatusCode.Error, process[0].Status);
        Assert.Equal([1, 2], process.Select(span => span.GetTagItem("flasky.job.attempt")));
    }
}
