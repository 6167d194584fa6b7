using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>
/// Enqueues a <see cref="NewComment"/> or <see cref="Reply"/> for each user whom a comment concerns: one job a mail, so that one reader's
/// server does not hold up the others, and none of it in the request, however many there are. Sends nothing itself.
/// </summary>
/// <param name="CommentId">The comment.</param>
[Job("mail.comment-written", Queue = "mail")]
public sealed record CommentWritten(int CommentId) : IJob;
