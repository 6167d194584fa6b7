using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Asks a new user to confirm the e-mail address. Does nothing for one who has confirmed it by then.</summary>
/// <param name="UserId">The user; the token is made and the message written when the job runs, so neither is ever in the queue.</param>
[Job("mail.confirm-account", Queue = "mail")]
public sealed record ConfirmAccount(int UserId) : IJob;

/// <summary>The e-mail that <see cref="ConfirmAccount"/> sends.</summary>
public static class ConfirmAccountEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Confirms the account when opened.</param>
    /// <param name="expiresAt">When the link stops working; shown to the minute, in UTC.</param>
    public static EmailContent Render(string userName, Uri link, DateTimeOffset expiresAt)
    {
        var expiry = EmailLayout.Minute(expiresAt);
        return new EmailContent(
            "Confirm Your Account",
            EmailLayout.Page(
                title: "Confirm your account",
                preheader: "One click and your Flasky account is ready.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"Welcome to Flasky! Please confirm that this e-mail address is yours."))}
                    {EmailLayout.Button("Confirm my account", link)}
                    {EmailLayout.BareLink(link)}
                    {EmailLayout.Note($"The link works once, until {expiry}. After that, log in and ask for a new one.")}
                    """),
                footer: "You get this because someone registered at Flasky with this address. If it was not you, do nothing: without the link the account stays closed."),
            $"""
            Hello {userName},

            Welcome to Flasky! Please confirm that this e-mail address is yours by
            opening this link:

            {link.AbsoluteUri}

            The link works once, until {expiry}.
            After that, log in and ask for a new one.

            You get this because someone registered at Flasky with this address.
            If it was not you, do nothing: without the link the account stays
            closed.

            """);
    }
}
