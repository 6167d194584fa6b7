using Flasky.Jobs.Redis;
using Flasky.Jobs.Serialization;
using Flasky.Jobs.Workflows;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>The queue's own jobs that carry workflows on.</summary>
internal static class MemoryReports
{
    public static bool IsReport(MemoryJob job) => job.Wire.Name == WorkflowReport.Name;

    /// <summary>As report.lua. Null: the job is part of no workflow.</summary>
    public static WorkflowReport? Of(MemoryJob job, JobState state, string result, string error) => job.Directives.Workflow is { } place
        ? new WorkflowReport(place.Workflow.ToString(), place.Node, WireState.Write(state), result, error) : null;

    /// <summary>A job that can run now.</summary>
    /// <param name="headers">Those of the job that the report is about: its trace goes on.</param>
    public static MemoryJob Job(WorkflowReport report, string headers, DateTimeOffset now, long turn)
    {
        var trace = JobHeaders.Read(headers).Where(header => header.Key == JobHeaders.TraceParent).ToDictionary(StringComparer.Ordinal);
        return new MemoryJob
        {
            Wire = new WireJob(Guid.CreateVersion7(now).ToString("N"), WorkflowReport.Name, 0, now.ToUnixTimeMilliseconds(), JobHeaders.Write(trace)),
            Arguments = report.Write(),
            Directives = new JobDirectives { Priority = JobPriority.Critical },
            Place = MemoryPlace.Ready,
            Turn = turn,
        };
    }
}
