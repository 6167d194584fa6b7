using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    public bool IsMarked(string id) => cancelled.ContainsKey(id);

    public JobCancellation Cancel(ModelJob sent)
    {
        var id = sent.Id;
        var note = notes.GetValueOrDefault(id);
        if (note?.State == JobState.Cancelled)
            return JobCancellation.Cancelled;
        if (note?.State.IsEnd() == true || dead.Exists(job => job.Id == id))
            return JobCancellation.TooLate;
        if (scheduled.Find(waiting => waiting.Job.Id == id) is { } waits)
        {
            scheduled.Remove(waits);
            End(waits.Job, note);
            return JobCancellation.Cancelled;
        }
        if (LeaveLane(id) is { } waited)
        {
            End(waited, note);
            return JobCancellation.Cancelled;
        }
        // What has notes and has not ended is in the queue, and its end takes the mark away; of anything else nobody knows.
        cancelled[id] = Math.Max(cancelled.GetValueOrDefault(id), Now + (note is null ? Terms.DeduplicationWindow : Terms.MarkedFor));
        if (note?.State != JobState.Ready)
            return JobCancellation.Requested;
        if (note.TellsWishes)
            End(sent, note);
        return JobCancellation.Cancelled;
    }

    private void End(ModelJob job, Notes? note)
    {
        LetGo(job.Id, job.FreedKey);
        Note(job, 0, JobState.Cancelled, note?.Attempt ?? 0, "");
        Report(job, JobState.Cancelled, note?.Attempt ?? 0);
    }
}
