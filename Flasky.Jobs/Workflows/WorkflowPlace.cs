using System.Globalization;
using System.Text;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Workflows;

/// <summary>Which job of which workflow a job is. Travels in its headers; report.lua reads it there.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Node">The job's number in the workflow's shape.</param>
internal sealed record WorkflowPlace(WorkflowId Workflow, int Node)
{
    /// <summary>The job's id: the same whoever computes it, so enqueuing it again does nothing.</summary>
    public JobId JobIn(string queue) =>
        new(queue, DerivedId.From(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Workflow} {Node}"))));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Workflow.Queue} {Workflow.Value:N} {Node}");

    /// <summary>Null if the text is none that this class wrote.</summary>
    public static WorkflowPlace? Parse(string text) =>
        text.Split(' ') is [var queue, var workflow, var number]
        && Guid.TryParseExact(workflow, "N", out var id)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var node)
            ? new WorkflowPlace(new WorkflowId(queue, id), node)
            : null;
}
