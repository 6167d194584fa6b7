using System.Diagnostics.CodeAnalysis;

namespace Flasky.Jobs;

/// <summary>A workflow's identity: the queue its state lives in and a unique value. Written as <c>reports:0199c1d23e4f7a6b8c9d0e1f2a3b4c5d</c>.</summary>
/// <param name="Queue">The queue's name. The workflow's jobs may be in others.</param>
/// <param name="Value">Unique.</param>
public readonly record struct WorkflowId(string Queue, Guid Value) : IParsable<WorkflowId>
{
    /// <inheritdoc/>
    public override string ToString() => new JobId(Queue, Value).ToString();

    /// <inheritdoc/>
    public static WorkflowId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a workflow id; expected 'queue:32 hexadecimal digits'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out WorkflowId result)
    {
        var isId = JobId.TryParse(s, provider, out var id);
        result = new WorkflowId(id.Queue, id.Value);
        return isId;
    }
}
