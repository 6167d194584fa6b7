using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Workflows;

public sealed class WorkflowsExampleTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task TheReportIsBoundFromItsSectionsHoweverItIsOrdered()
    {
        await App.StartWorkerAsync(worker => worker
            .Handle<CollectFigures, Figures, CollectFiguresHandler>().Handle<WriteSection, Section, WriteSectionHandler>()
            .Handle<BindReport, string, BindReportHandler>().Handle<OrderReport, OrderReportHandler>());
        var workflows = App.Producer.Services.GetRequiredService<IWorkflows>();
        var shown = new List<string>();

        var id = await WorkflowsExample.StartAsync(workflows, 2026);
        Assert.Equal("sales 2026, costs 12", await WorkflowsExample.FollowAsync(workflows, id, shown.Add, Cancellation));
        Assert.Equal("Succeeded: 4 of 4 jobs", shown[^1]);

        var order = await App.Queue.EnqueueAsync(new OrderReport(2027), new EnqueueOptions { Tracked = true }, Cancellation);
        await App.Queue.Find(order).WaitAsync(Cancellation);
        Assert.Equal("sales 2027, costs 12", await workflows.Find(new WorkflowId("reports", order.Value)).GetResultAsync<string>(Cancellation));
    }

    [Fact]
    public async Task TheDigestGoesOnWithoutTheUserWhoseNewsCannotBeCollected()
    {
        await App.StartWorkerAsync(worker =>
        {
            worker.Handle<CollectNews, Figures, CollectNewsHandler>().Handle<WriteSection, Section, WriteSectionHandler>().Handle<BindReport, string, BindReportHandler>();
        });
        var workflows = App.Producer.Services.GetRequiredService<IWorkflows>();
        var handle = await workflows.StartAsync(WorkflowsExample.Digest([1, 2, 3]), cancellationToken: Cancellation);
        Assert.Equal("news 10, news 30", await handle.GetResultAsync<string>(Cancellation));
    }

    private sealed class CollectNewsHandler : IJobHandler<CollectNews, Figures>
    {
        public Task<Figures> HandleAsync(CollectNews job, JobContext context, CancellationToken cancellationToken) =>
            job.UserId == 2 ? throw new JobDiscardedException("No such user.") : Task.FromResult(new Figures(0, job.UserId * 10));
    }
}
