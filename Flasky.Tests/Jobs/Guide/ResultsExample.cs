using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Guide;

[Job("guide.convert")]
public sealed record ConvertVideo(string File, int Frames) : IJob<ConvertedVideo>;

public sealed record ConvertedVideo(string File, int Frames);

public sealed class ConvertVideoHandler : IJobHandler<ConvertVideo, ConvertedVideo>
{
    public async Task<ConvertedVideo> HandleAsync(ConvertVideo job, JobContext context, CancellationToken cancellationToken)
    {
        for (var frame = 1; frame <= job.Frames; frame++)
        {
            await Studio.ConvertAsync(job.File, frame, cancellationToken);
            context.ReportProgress((double)frame / job.Frames, $"frame {frame}");
        }
        return new ConvertedVideo(Path.ChangeExtension(job.File, ".webm"), job.Frames);
    }
}

/// <summary>The code of docs/results.md.</summary>
public static class ResultsExample
{
    public static async Task<ConvertedVideo> ConvertAsync(IJobQueue queue, string file, CancellationToken cancellationToken)
    {
        var handle = await queue.EnqueueForResultAsync(new ConvertVideo(file, 3), cancellationToken: cancellationToken);
        return await handle.GetResultAsync(cancellationToken);
    }

    public static async Task FollowAsync(IJobQueue queue, string id, Action<string> show, CancellationToken cancellationToken)
    {
        var handle = queue.Find<ConvertedVideo>(JobId.Parse(id, null));
        await foreach (var status in handle.WatchAsync(cancellationToken))
            show($"{status.State} {status.Progress?.Fraction:P0}");
    }

    public static async Task<string> StopAsync(IJobQueue queue, string id, CancellationToken cancellationToken) =>
        await queue.Find(JobId.Parse(id, null)).CancelAsync(cancellationToken) switch
        {
            JobCancellation.Cancelled => "It will not run.",
            JobCancellation.Requested => "It is being stopped.",
            _ => "It was done before.",
        };
}

/// <summary>Where the example's work would be.</summary>
public static class Studio
{
    public static Func<CancellationToken, Task> Work { get; set; } = _ => Task.CompletedTask;

    public static Task ConvertAsync(string file, int frame, CancellationToken cancellationToken) => Work(cancellationToken);
}
