using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>
/// Tells a user who has commented on a post of somebody else that another comment has followed. Does nothing when comment or post are gone,
/// either comment is hidden, or the user does not want to know.
/// </summary>
/// <param name="CommentId">The other comment; its text, which may be hidden any time, is read when the job runs.</param>
/// <param name="UserId">Who is told.</param>
[Job("mail.reply", Queue = "mail")]
public sealed record Reply(int CommentId, int UserId) : IJob;

/// <summary>The e-mail that <see cref="Reply"/> sends.</summary>
public static class ReplyEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="comment">What was said.</param>
    /// <param name="unsubscribe">Where the reader gets no more of these.</param>
    public static EmailContent Render(string userName, CommentMention comment, Uri unsubscribe)
    {
        var day = EmailLayout.Day(comment.PostedAt);
        return new EmailContent(
            $"{comment.Author} commented after you",
            EmailLayout.Page(
                title: "A comment after yours",
                preheader: $"{comment.Author} commented on a post where you did.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"After you, <strong>{comment.Author}</strong> commented on the post of <strong>{comment.PostAuthor}</strong> of {day}:"))}
                    {EmailLayout.Quote(comment.Body)}
                    {EmailLayout.Button("Read and answer", comment.Link)}
                    {EmailLayout.BareLink(comment.Link)}
                    """),
                footer: "You get this because you have commented on the post.",
                unsubscribe),
            $"""
            Hello {userName},

            After you, {comment.Author}
            commented on the post of {comment.PostAuthor}
            of {day}:

            {QuotedText.Of(comment.Body)}

            Read and answer it here:

            {comment.Link.AbsoluteUri}

            You get this because you have commented on the post. To get no more
            e-mails about comments after yours, open this link and press the button:

            {unsubscribe.AbsoluteUri}

            """,
            unsubscribe);
    }
}
