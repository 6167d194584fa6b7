using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Tells a user that the password is another one now. Does nothing for a user who is gone.</summary>
/// <param name="UserId">The user.</param>
[Job("mail.password-changed", Queue = "mail")]
public sealed record PasswordChanged(int UserId) : IJob;

/// <summary>The e-mail that <see cref="PasswordChanged"/> sends.</summary>
public static class PasswordChangedEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Where a password can be reset.</param>
    /// <param name="changedAt">When it was changed; shown to the minute, in UTC.</param>
    public static EmailContent Render(string userName, Uri link, DateTimeOffset changedAt)
    {
        var when = EmailLayout.Minute(changedAt);
        return new EmailContent(
            "Your Password Was Changed",
            EmailLayout.Page(
                title: "Your password was changed",
                preheader: "If it was not you, reset it now.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"The password of your Flasky account was changed at {when}. Every other session has ended."))}
                    {EmailLayout.Paragraph(Html.Of($"If it was you, there is nothing to do. If it was not, reset it now."))}
                    {EmailLayout.Button("Reset my password", link)}
                    {EmailLayout.BareLink(link)}
                    """),
                footer: "You get this because it concerns the safety of your account at Flasky."),
            $"""
            Hello {userName},

            The password of your Flasky account was changed at
            {when}. Every other session has ended.

            If it was you, there is nothing to do. If it was not, reset it now:

            {link.AbsoluteUri}

            You get this because it concerns the safety of your account at Flasky.

            """);
    }
}
