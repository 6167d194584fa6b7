using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Tells the author of a post of a comment. Does nothing when either is gone, the comment is hidden, or the author does not want to know.</summary>
/// <param name="CommentId">The comment; its text, which may be hidden any time, is read when the job runs.</param>
[Job("mail.new-comment", Queue = "mail")]
public sealed record NewComment(int CommentId) : IJob;

/// <summary>The e-mail that <see cref="NewComment"/> sends.</summary>
public static class NewCommentEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="comment">What was said.</param>
    /// <param name="unsubscribe">Where the reader gets no more of these.</param>
    public static EmailContent Render(string userName, CommentMention comment, Uri unsubscribe)
    {
        var day = EmailLayout.Day(comment.PostedAt);
        return new EmailContent(
            $"{comment.Author} commented on your post",
            EmailLayout.Page(
                title: "A new comment",
                preheader: $"{comment.Author} commented on your post of {day}.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"<strong>{comment.Author}</strong> commented on your post of {day}:"))}
                    {EmailLayout.Quote(comment.Body)}
                    {EmailLayout.Button("Read and answer", comment.Link)}
                    {EmailLayout.BareLink(comment.Link)}
                    """),
                footer: "You get this because you wrote the post.",
                unsubscribe),
            $"""
            Hello {userName},

            {comment.Author} commented on your
            post of {day}:

            {QuotedText.Of(comment.Body)}

            Read and answer it here:

            {comment.Link.AbsoluteUri}

            You get this because you wrote the post. To get no more e-mails about
            comments on your posts, open this link and press the button:

            {unsubscribe.AbsoluteUri}

            """,
            unsubscribe);
    }
}
