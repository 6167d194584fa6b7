using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Flasky.Mailbox.Web;

/// <summary>Server-sent events: the mailbox's version, at once and after every change.</summary>
internal static class LiveUpdates
{
    // A burst of mail is one update, not thousands.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static IResult Stream(MailboxServices services, CancellationToken aborted, CancellationToken stopping) =>
        TypedResults.ServerSentEvents(Versions(services, aborted, stopping));

    private static async IAsyncEnumerable<string> Versions(
        MailboxServices services, CancellationToken aborted, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, stopping, cancellationToken);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        void Signal() => changes.Writer.TryWrite(true);
        services.Store.Changed += Signal;
        try
        {
            Signal();
            while (await NextAsync(services, changes.Reader, ended.Token))
            {
                yield return services.Store.Version.ToString(CultureInfo.InvariantCulture);
            }
        }
        finally
        {
            services.Store.Changed -= Signal;
        }
    }

    private static async Task<bool> NextAsync(MailboxServices services, ChannelReader<bool> changes, CancellationToken ended)
    {
        try
        {
            await changes.WaitToReadAsync(ended);
            await Task.Delay(Pause, services.Options.Time, ended);
            return changes.TryRead(out _);
        }
        catch (OperationCanceledException)
        {
            return false; // the reader has left, or the server stops
        }
    }
}
