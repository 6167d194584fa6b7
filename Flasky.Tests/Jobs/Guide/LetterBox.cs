using System.Threading.Channels;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Guide;

/// <summary>What the guide's handlers did, in order.</summary>
public sealed class LetterBox
{
    private readonly Channel<IJob> jobs = Channel.CreateUnbounded<IJob>();

    public Task PutAsync(IJob job, CancellationToken cancellationToken) => jobs.Writer.WriteAsync(job, cancellationToken).AsTask();

    public async Task<IJob> NextAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        return await jobs.Reader.ReadAsync(timeout.Token);
    }

    public bool IsEmpty => !jobs.Reader.TryPeek(out _);
}
