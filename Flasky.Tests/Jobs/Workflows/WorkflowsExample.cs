using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Workflows;

/// <summary>The code of docs/workflows.md.</summary>
public static class WorkflowsExample
{
    public static Workflow YearlyReport(int year) =>
        Workflow.Chain(new CollectFigures(year))
            .Then(Workflow.Group(new WriteSection("sales"), new WriteSection("costs")))
            .Then(new BindReport(year));

    public static async Task<string> StartAsync(IWorkflows workflows, int year)
    {
        var handle = await workflows.StartAsync(YearlyReport(year));
        return handle.Id.ToString();                // for a page that shows how far it is, say
    }

    public static async Task<string> FollowAsync(IWorkflows workflows, string id, Action<string> show, CancellationToken cancellationToken)
    {
        var handle = workflows.Find(WorkflowId.Parse(id, null));
        await foreach (var status in handle.WatchAsync(cancellationToken))
            show($"{status.State}: {status.SucceededJobs} of {status.Jobs} jobs");
        return await handle.GetResultAsync<string>(cancellationToken);
    }

    public static Workflow Digest(IEnumerable<int> users) =>
        Workflow.Group(users.Select(user => Workflow.Chain(new CollectNews(user), new WriteSection("news"))
                .OnFailure(WorkflowFailurePolicy.Stop)))            // one user's mail fails alone,
            .OnFailure(WorkflowFailurePolicy.Continue)              // the others go on,
            .Then(new BindReport(2026), new EnqueueOptions { Queue = "reports" });   // and this runs in any case
}

[Job("report.collect", Queue = "reports")]
public sealed record CollectFigures(int Year) : IJob<Figures>;

[Job("report.section", Queue = "reports")]
public sealed record WriteSection(string About) : IJob<Section>;

[Job("report.bind", Queue = "reports")]
public sealed record BindReport(int Year) : IJob<string>;

public sealed record Figures(int Sales, int Costs);

public sealed record Section(string Text);

public sealed class CollectFiguresHandler : IJobHandler<CollectFigures, Figures>
{
    public Task<Figures> HandleAsync(CollectFigures job, JobContext context, CancellationToken cancellationToken) =>
        Task.FromResult(new Figures(Sales: job.Year, Costs: 12));
}

public sealed class WriteSectionHandler : IJobHandler<WriteSection, Section>
{
    public async Task<Section> HandleAsync(WriteSection job, JobContext context, CancellationToken cancellationToken)
    {
        var figures = await context.GetResultAsync<Figures>(cancellationToken);
        return new Section($"{job.About} {(job.About == "sales" ? figures.Sales : figures.Costs)}");
    }
}

public sealed class BindReportHandler : IJobHandler<BindReport, string>
{
    public async Task<string> HandleAsync(BindReport job, JobContext context, CancellationToken cancellationToken)
    {
        var sections = await context.GetResultsAsync<Section>(cancellationToken);
        return string.Join(", ", sections.Select(section => section.Text));
    }
}

[Job("report.news", Queue = "reports")]
public sealed record CollectNews(int UserId) : IJob<Figures>;

[Job("report.order", Queue = "reports")]
public sealed record OrderReport(int Year) : IJob;

public sealed class OrderReportHandler(IWorkflows workflows) : IJobHandler<OrderReport>
{
    public Task HandleAsync(OrderReport job, JobContext context, CancellationToken cancellationToken) =>
        // The job's id: however often this runs, there is one workflow.
        workflows.StartAsync(WorkflowsExample.YearlyReport(job.Year), new WorkflowOptions { Id = context.Id.Value }, cancellationToken);
}
