using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Guide;

[Job("guide.letter", Queue = "letters")]
public sealed record SendLetter(int UserId, string Text) : IJob;

[Job("guide.index", Queue = "letters", Priority = JobPriority.Low)]
public sealed record RebuildIndex(string Shelf) : IJob;

/// <summary>The code of docs/enqueueing.md.</summary>
public static class EnqueueingExample
{
    public static async Task<IReadOnlyList<JobId>> EnqueueAsync(IJobQueue queue, IEnumerable<int> readers, CancellationToken cancellationToken)
    {
        var one = await queue.EnqueueAsync(new SendLetter(7, "Welcome"), cancellationToken: cancellationToken);
        var many = await queue.EnqueueManyAsync(readers.Select(reader => new SendLetter(reader, "News")), cancellationToken: cancellationToken);
        return [one, .. many];
    }

    public static Task<JobId> RemindAsync(IJobQueue queue, int userId, DateTimeOffset at, CancellationToken cancellationToken) =>
        queue.EnqueueAsync(new SendLetter(userId, "It is today"), new EnqueueOptions
        {
            At = at,                                        // or Delay; not handed out before
            ExpiresAfter = TimeSpan.FromDays(2),            // counted from now; started later than this, it is of no use
            Priority = JobPriority.High,
        }, cancellationToken);

    public static Task<JobId> ConfirmOrderAsync(IJobQueue queue, Guid order, int userId, CancellationToken cancellationToken) =>
        // However often the shop sends this, there is one job.
        queue.EnqueueAsync(new SendLetter(userId, $"Order {order}"), new EnqueueOptions { Id = order }, cancellationToken);

    public static Task<JobId> RebuildOnceAsync(IJobQueue queue, string shelf, CancellationToken cancellationToken) =>
        queue.EnqueueAsync(new RebuildIndex(shelf), new EnqueueOptions
        {
            Unique = new JobUnique { Key = $"index:{shelf}", Until = UniqueUntil.Started },
        }, cancellationToken);

    public static Task<JobId> RebuildWhenCalmAsync(IJobQueue queue, string shelf, CancellationToken cancellationToken) =>
        queue.EnqueueAsync(new RebuildIndex(shelf), new EnqueueOptions
        {
            Debounce = new JobDebounce(TimeSpan.FromSeconds(5)) { Key = shelf, AtMost = TimeSpan.FromMinutes(1) },
        }, cancellationToken);
}
