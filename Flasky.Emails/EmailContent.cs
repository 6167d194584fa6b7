namespace Flasky.Emails;

/// <summary>What an e-mail says, ready to be put into a message.</summary>
/// <param name="Subject">The subject, without the prefix of <see cref="EmailOptions.SubjectPrefix"/>.</param>
/// <param name="Html">The body for clients that show HTML.</param>
/// <param name="Text">The same for those that do not.</param>
/// <param name="Unsubscribe">Where a POST, without anything else, ends e-mails of this kind for its reader (RFC 8058). Null: they cannot be ended.</param>
public sealed record EmailContent(string Subject, string Html, string Text, Uri? Unsubscribe = null);
