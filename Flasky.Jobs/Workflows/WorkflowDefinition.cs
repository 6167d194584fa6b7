namespace Flasky.Jobs.Workflows;

/// <summary>A workflow ready to be stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shape">What follows what.</param>
/// <param name="Members">Its jobs as text, with their numbers in the shape.</param>
/// <param name="LongestDelay">The longest that a job of it waits for its time.</param>
internal sealed record WorkflowDefinition(WorkflowId Id, WorkflowShape Shape, IReadOnlyList<(int Node, string Member)> Members, TimeSpan LongestDelay);
