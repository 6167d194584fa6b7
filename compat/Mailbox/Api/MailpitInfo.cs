using Flasky.Mailbox.Store;

namespace Flasky.Mailbox.Api;

/// <summary>What the mailbox is and holds, with MailPit's names.</summary>
internal sealed record MailpitInfo(string Version, string LatestVersion, int Messages, int Unread, Dictionary<string, long> Tags, MailpitRuntimeStats RuntimeStats)
{
    public static MailpitInfo Of(MessageStore store)
    {
        var messages = store.Snapshot();
        return new("flasky", "disabled", messages.Length, messages.Count(message => !message.IsRead), [], new(store.Accepted, store.Deleted));
    }
}

/// <summary>Counts since the start.</summary>
internal sealed record MailpitRuntimeStats(long SMTPAccepted, long MessagesDeleted);
