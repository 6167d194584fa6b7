using System.Buffers;

namespace Flasky.Mailbox.Smtp;

/// <summary>Gathers a message's content in pooled memory; once a bound is exceeded it drops everything and only remembers why.</summary>
internal sealed class ContentBuffer(long maxBytes, ContentBudget budget) : IDisposable
{
    private const int InitialBytes = 8 * 1024;
    private byte[] rented = [];
    private int length;

    /// <summary>The reply that refuses the message; null while it can be accepted.</summary>
    public string? Refusal { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Refusal is not null) return;
        if (length + (long)bytes.Length > maxBytes) Refuse(SmtpReplies.TooLarge);
        else if (length + bytes.Length > rented.Length && !Grow(length + bytes.Length)) Refuse(SmtpReplies.NoRoom);
        else
        {
            bytes.CopyTo(rented.AsSpan(length));
            length += bytes.Length;
        }
    }

    public byte[] ToArray() => rented.AsSpan(0, length).ToArray();

    public void Dispose() => Free();

    private bool Grow(int needed)
    {
        var bigger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(Math.Max(InitialBytes, needed), 2L * rented.Length), Array.MaxLength));
        if (!budget.TryTake(bigger.Length))
        {
            ArrayPool<byte>.Shared.Return(bigger);
            return false;
        }
        rented.AsSpan(0, length).CopyTo(bigger);
        Free();
        rented = bigger;
        return true;
    }

    private void Refuse(string reply)
    {
        Refusal = reply;
        Free();
        length = 0;
    }

    private void Free()
    {
        if (rented.Length == 0) return;
        budget.Return(rented.Length);
        ArrayPool<byte>.Shared.Return(rented);
        rented = [];
    }
}
