using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>Takes what a job reports of its progress. Most report nothing, so all else is made at the first report. Thread-safe.</summary>
/// <param name="queue">Where it goes.</param>
/// <param name="job">The job.</param>
/// <param name="tracked">Whether it is kept, and not only told.</param>
internal sealed class ProgressReporter(QueueAccess queue, ClaimedJob job, bool tracked)
{
    private ProgressReports? reports;

    public void Report(JobProgress progress) => LazyInitializer.EnsureInitialized(ref reports, () => queue.ProgressOf(job, tracked)).Report(progress);

    /// <inheritdoc cref="ProgressReports.WhenSentAsync"/>
    public Task WhenSentAsync() => Volatile.Read(ref reports)?.WhenSentAsync() ?? Task.CompletedTask;
}
