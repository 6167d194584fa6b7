using System.Text.RegularExpressions;

namespace Flasky.Mailbox.Web;

/// <summary>
/// MailPit's search: words that all must occur, phrases in quotes, <c>to:</c> <c>from:</c> <c>cc:</c> <c>bcc:</c>
/// <c>reply-to:</c> <c>addressed:</c> <c>subject:</c> <c>message-id:</c>, <c>is:read</c> <c>is:unread</c>
/// <c>has:attachment</c>; a term after <c>-</c> or <c>!</c> must not match. Case does not matter.
/// </summary>
internal sealed partial class SearchQuery
{
    private static readonly Dictionary<string, Func<ReceivedMessage, string>> Fields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["to"] = message => Join(message.To),
        ["from"] = message => message.From?.ToString() ?? "",
        ["cc"] = message => Join(message.Cc),
        ["bcc"] = message => Join(message.Bcc),
        ["reply-to"] = message => Join(message.ReplyTo),
        ["addressed"] = message => $"{message.From} {Join(message.To)} {Join(message.Cc)} {Join(message.Bcc)} {Join(message.ReplyTo)}",
        ["subject"] = message => message.Subject,
        ["message-id"] = message => message.MessageId,
    };

    private readonly List<Func<ReceivedMessage, bool>> terms = [];

    public static SearchQuery Parse(string text)
    {
        var query = new SearchQuery();
        foreach (Match match in Term().Matches(text))
        {
            var word = match.Value.Replace("\"", "", StringComparison.Ordinal);
            var excluded = word is ['-' or '!', _, ..];
            var term = ParseTerm(excluded ? word[1..] : word);
            if (word.Length > 0) query.terms.Add(message => term(message) != excluded);
        }
        return query;
    }

    public ReceivedMessage[] Filter(IEnumerable<ReceivedMessage> messages) =>
        [.. messages.Where(message => terms.TrueForAll(term => term(message)))];

    private static Func<ReceivedMessage, bool> ParseTerm(string term)
    {
        var colon = term.IndexOf(':');
        if (colon > 0 && Fields.TryGetValue(term[..colon], out var field))
        {
            var wanted = term[(colon + 1)..].Trim('<', '>', ' ');
            return message => Contains(field(message), wanted);
        }
        return term.ToLowerInvariant() switch
        {
            "is:read" => message => message.IsRead,
            "is:unread" => message => !message.IsRead,
            "has:attachment" or "has:attachments" => message => message.Content.Attachments.Count > 0,
            _ => message => Contains(Everything(message), term),
        };
    }

    private static string Everything(ReceivedMessage message) =>
        $"{Fields["addressed"](message)} {message.Subject} {message.Content.Words} " +
        string.Join(' ', message.Content.Attachments.Select(part => part.FileName));

    private static string Join(IReadOnlyList<MessageAddress> addresses) => string.Join(", ", addresses);

    private static bool Contains(string text, string wanted) => text.Contains(wanted, StringComparison.OrdinalIgnoreCase);

    // Quotes may also stand within a term: subject:"two words".
    [GeneratedRegex("""(?:[^\s"]|"[^"]*"?)+""", RegexOptions.NonBacktracking)]
    private static partial Regex Term();
}
