using System.Diagnostics;
using System.Text.Json;
using Flasky.Jobs.Running;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs.Workflows;

/// <summary>
/// The queue's own job that carries a workflow on: report.lua enqueues one in the step that ends a member, in the member's queue.
/// Every worker runs it, without being told.
/// </summary>
/// <param name="Workflow">The workflow's id.</param>
/// <param name="Node">The member's number; <see cref="Whole"/> for the workflow itself.</param>
/// <param name="State">How the member ended, as in Redis. Of the whole: <c>running</c>, start it, or <c>cancelled</c>, cancel its jobs.</param>
/// <param name="Result">The member's result as JSON; null or empty: none.</param>
/// <param name="Error">Why it did not succeed; null or empty: it did.</param>
[Job(Name)]
internal sealed record WorkflowReport(string Workflow, int Node, string State, string? Result = null, string? Error = null) : IJob
{
    public const string Name = "flasky.workflow.report";

    public const int Whole = -1;

    /// <summary>The headers of a report that this process sends: it belongs to the trace that is current here.</summary>
    public static string TraceHeaders() => JobHeaders.Write(Activity.Current is { Id: { } id, IdFormat: ActivityIdFormat.W3C }
        ? new Dictionary<string, string>(StringComparer.Ordinal) { [JobHeaders.TraceParent] = id } : JobHeaders.None);

    public string Write() => JsonSerializer.Serialize(this, WorkflowJsonContext.Default.WorkflowReport);
}

internal sealed class WorkflowReportRegistration() : JobRegistration(JobNames<WorkflowReport>.Description, Patient)
{
    /// <summary>An outage of another queue's server costs no attempts.</summary>
    private static readonly JobHandlerOptions Patient = new JobHandlerOptions().On<JobQueueUnavailableException>(FailureAction.Snooze(TimeSpan.FromSeconds(1)));

    public override bool IsOwn => true;

    public override IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(arguments, WorkflowJsonContext.Default.WorkflowReport) ?? throw new JsonException("The report is null.");

    public override Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken) =>
        scope.GetRequiredService<WorkflowEngine>().ApplyAsync((WorkflowReport)job, cancellationToken);
}
