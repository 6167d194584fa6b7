namespace Flasky.Mailbox.Store;

/// <summary>The kept messages, bounded in number and bytes: the oldest goes first. Safe for concurrent use.</summary>
internal sealed class MessageStore(int maxMessages, long maxBytes, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly LinkedList<ReceivedMessage> newestFirst = [];
    private readonly Dictionary<string, LinkedListNode<ReceivedMessage>> byId = [];
    private readonly Waiters<ReceivedMessage> waiters = new(time);
    private long bytes;
    private long version;
    private long accepted;
    private long deleted;

    /// <summary>Raised after every change, on the thread that made it; handlers must be quick.</summary>
    public event Action? Changed;

    /// <summary>Rises with every change, also when a message is read.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>How many messages have been kept since the start.</summary>
    public long Accepted => Interlocked.Read(ref accepted);

    /// <summary>How many of them are gone, deleted or pushed out.</summary>
    public long Deleted => Interlocked.Read(ref deleted);

    public void Add(ReceivedMessage message)
    {
        lock (gate)
        {
            byId.Add(message.Id, newestFirst.AddFirst(message));
            bytes += message.Size;
            accepted++;
            // The newest stays even if it alone exceeds the bound: its sender was told that it is kept.
            while (newestFirst.Count > 1 && (newestFirst.Count > maxMessages || bytes > maxBytes)) Remove(newestFirst.Last!);
        }
        waiters.Offer(message);
        Touch();
    }

    public ReceivedMessage[] Snapshot()
    {
        lock (gate) return [.. newestFirst];
    }

    public ReceivedMessage? Find(string id)
    {
        lock (gate) return byId.TryGetValue(id, out var node) ? node.Value : null;
    }

    /// <summary>By its id, or the newest for "latest".</summary>
    public ReceivedMessage? FindOrLatest(string id)
    {
        lock (gate) return id == "latest" ? newestFirst.First?.Value : Find(id);
    }

    public void Delete(IEnumerable<string> ids)
    {
        lock (gate)
        {
            foreach (var id in ids)
            {
                if (byId.TryGetValue(id, out var node)) Remove(node);
            }
        }
        Touch();
    }

    public void DeleteAll()
    {
        lock (gate)
        {
            while (newestFirst.Last is { } oldest) Remove(oldest);
        }
        Touch();
    }

    public Task<ReceivedMessage> WaitAsync(Func<ReceivedMessage, bool> match, TimeSpan timeout, CancellationToken cancellationToken) =>
        waiters.WaitAsync(match, Snapshot, timeout, Describe, cancellationToken);

    /// <summary>Tells of a change that is not one of the list, such as a message having been read.</summary>
    public void Touch()
    {
        Interlocked.Increment(ref version);
        Changed?.Invoke();
    }

    private void Remove(LinkedListNode<ReceivedMessage> node)
    {
        newestFirst.Remove(node);
        byId.Remove(node.Value.Id);
        bytes -= node.Value.Size;
        deleted++;
    }

    private string Describe()
    {
        var messages = Snapshot();
        var some = messages.Take(10).Select(message => $"'{message.Subject}' to {string.Join(", ", message.Recipients)}");
        return $"In the mailbox: {messages.Length} messages; the newest: {string.Join("; ", some)}.";
    }
}
