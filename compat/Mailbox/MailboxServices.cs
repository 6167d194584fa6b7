using Flasky.Mailbox.Smtp;
using Flasky.Mailbox.Store;

namespace Flasky.Mailbox;

/// <summary>What a server's sessions and pages share.</summary>
internal sealed class MailboxServices(MailboxOptions options)
{
    public MailboxOptions Options { get; } = options;

    public MessageStore Store { get; } = new(options.MaxMessages, options.MaxTotalBytes, options.Time);

    public SmtpFaults Faults { get; } = new(options.Time);

    public ContentBudget Budget { get; } = new(options.MaxTotalBytes);
}
