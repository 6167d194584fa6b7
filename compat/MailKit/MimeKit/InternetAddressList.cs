using System.Collections.ObjectModel;
using MimeKit.Encodings;

namespace MimeKit;

/// <summary>The addresses of one header. Not safe for concurrent use.</summary>
public class InternetAddressList : Collection<InternetAddress>
{
    internal event Action? Changed;

    /// <summary>The entries that are mailboxes.</summary>
    public IEnumerable<MailboxAddress> Mailboxes => this.OfType<MailboxAddress>();

    /// <summary>Adds every address in order.</summary>
    public void AddRange(IEnumerable<InternetAddress> addresses)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        foreach (var address in addresses)
        {
            Add(address);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", this);

    /// <summary>The header's value, folded, starting behind the field's name and colon.</summary>
    internal string Encode(int column)
    {
        var line = new HeaderLine(column);
        for (var i = 0; i < Count; i++)
        {
            if (i > 0)
            {
                line.Append(",");
            }
            ((MailboxAddress)this[i]).WriteTo(line, separator: " ");
        }
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override void InsertItem(int index, InternetAddress item)
    {
        ArgumentNullException.ThrowIfNull(item);
        base.InsertItem(index, item);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    protected override void SetItem(int index, InternetAddress item)
    {
        ArgumentNullException.ThrowIfNull(item);
        base.SetItem(index, item);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    protected override void RemoveItem(int index)
    {
        base.RemoveItem(index);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    protected override void ClearItems()
    {
        base.ClearItems();
        Changed?.Invoke();
    }
}
