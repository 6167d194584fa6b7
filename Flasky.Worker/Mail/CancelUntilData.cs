using MailKit;

namespace Flasky.Worker.Mail;

/// <summary>
/// A token that follows another one until the server has agreed to take the message's content, and from then on no more:
/// breaking off later would leave open whether the server has the message, and the retry might deliver it twice.
/// </summary>
internal sealed class CancelUntilData : ITransferProgress, IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly CancellationTokenRegistration registration;

    internal CancelUntilData(CancellationToken cancellationToken) =>
        registration = cancellationToken.UnsafeRegister(static s => ((CancellationTokenSource)s!).Cancel(), source);

    internal CancellationToken Token => source.Token;

    /// <summary>Whether content has been written.</summary>
    internal bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public void Report(long bytesTransferred) => Begin();

    /// <inheritdoc/>
    public void Report(long bytesTransferred, long totalSize) => Begin();

    public void Dispose()
    {
        registration.Dispose();
        source.Dispose();
    }

    private void Begin()
    {
        HasBegun = true;
        // waits for a cancellation that is under way: it then ends the send before the final dot, never behind it
        registration.Dispose();
    }
}
