using System.Threading.Channels;

namespace Flasky.Data.Outbox;

/// <summary>Wakes the dispatcher. Any number of calls before it looks count as one.</summary>
internal sealed class OutboxSignal<TContext>
{
    private readonly Channel<bool> channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => channel.Reader.ReadAsync(cancellationToken);
}
