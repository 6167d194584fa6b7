using System.Diagnostics;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowSurroundingsTests(Servers servers) : WorkflowTest(servers)
{
    [Fact]
    public async Task EveryJobContinuesTheTraceOfTheStart()
    {
        using var spans = new Spans("Flasky.Jobs");
        await StartPartsAsync();

        WorkflowHandle handle;
        using (spans.Begin())
            handle = await StartAsync(Workflow.Chord(Named("a", "b"), new Part("c")));
        await EndOfAsync(handle);
        await WaitUntilQuietAsync();

        var ours = spans.OfTrace;
        var start = Assert.Single(ours, span => span.DisplayName == "start default");
        Assert.Equal(handle.Id.ToString(), start.GetTagItem("flasky.workflow.id"));
        foreach (var name in new[] { "a", "b", "c" })
        {
            var id = Parts.Contexts[name].Id.ToString();
            var send = Assert.Single(ours, span => span.Kind == ActivityKind.Producer && id.Equals(span.GetTagItem("messaging.message.id")));
            var process = Assert.Single(ours, span => span.Kind == ActivityKind.Consumer && id.Equals(span.GetTagItem("messaging.message.id")));
            Assert.Equal((start.SpanId, send.SpanId), (send.ParentSpanId, process.ParentSpanId));
        }
    }

    [Fact]
    public async Task EveryJobCarriesTheSurroundingsOfTheStart()
    {
        App.Configure = builder => builder.AddJobContext(context => context.UserId(_ => "42"));
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        await EndOfAsync(handle);
        Assert.Equal(("42", handle.Id), (Parts.Contexts["b"].UserId, Parts.Contexts["b"].Workflow));
    }

    [Fact]
    public async Task RunsWhereAllArgumentsAreEncrypted()
    {
        App.Configure = builder => builder.AddJobEncryption<Scrambler>(options => options.EncryptsAll = true);
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("secret", "b")));
        Assert.Equal("b(secret())", await handle.GetResultAsync<string>(Cancellation));
        var stored = await App.Redis.HashValuesAsync(App.Keys().WorkflowJobs(handle.Id.Value));
        Assert.All(stored, job => Assert.DoesNotContain("secret", (string)job!, StringComparison.Ordinal));
    }

    private sealed class Scrambler : IJobPayloadProtector
    {
        public byte[] Protect(byte[] payload, string purpose) => Array.ConvertAll(payload, letter => (byte)~letter);

        public byte[] Unprotect(byte[] payload, string purpose) => Protect(payload, purpose);
    }

    [Fact]
    public async Task AnotherProcessCanAwaitItWithoutAskingAllTheTime()
    {
        var gate = new TaskCompletionSource();
        Parts.Behaviour = (_, _) => gate.Task;
        await StartPartsAsync();
        var handle = await StartAsync(Workflow.Chain(Named("a", "b")));
        await Parts.NextAsync();

        await using var other = new JobsHost(App.Settings["ConnectionStrings:redis"]!, App.Prefix);
        var elsewhere = other.Producer.Services.GetRequiredService<IWorkflows>().Find(WorkflowId.Parse(handle.Id.ToString(), null));
        var before = other.Producer.Redis().GetCounters().Interactive.OperationCount;
        var waiting = elsewhere.GetResultAsync<string>(Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);
        gate.SetResult();

        Assert.Equal("b(a())", await waiting);
        Assert.InRange(other.Producer.Redis().GetCounters().Interactive.OperationCount - before, 1, 40);
    }

    [Fact]
    public async Task NobodyWaitsForAWorkflowThatIsNotThere()
    {
        var handle = Workflows.Find(new WorkflowId("default", Guid.NewGuid()));
        Assert.Null(await handle.GetStatusAsync(Cancellation));
        Assert.Empty(await handle.GetJobsAsync(Cancellation));
        await Assert.ThrowsAsync<InvalidOperationException>(() => handle.WaitAsync(Cancellation));
    }
}
