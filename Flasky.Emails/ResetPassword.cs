using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>
/// Mails the owner of an address a link to choose another password; does nothing when nobody has it. It carries the address,
/// not a user: who asks is answered before anybody looks whether there is one, so neither words nor time tell.
/// </summary>
/// <param name="Email">The address, as it was typed.</param>
[Job("mail.reset-password", Queue = "mail", Encrypted = true)]
public sealed record ResetPassword(string Email) : IJob;

/// <summary>The e-mail that <see cref="ResetPassword"/> sends.</summary>
public static class ResetPasswordEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Where the new password is chosen.</param>
    /// <param name="expiresAt">When the link stops working; shown to the minute, in UTC.</param>
    public static EmailContent Render(string userName, Uri link, DateTimeOffset expiresAt)
    {
        var expiry = EmailLayout.Minute(expiresAt);
        return new EmailContent(
            "Reset Your Password",
            EmailLayout.Page(
                title: "Choose a new password",
                preheader: "The link to choose a new password for Flasky.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"Here you can choose a new password. It ends every session of your account."))}
                    {EmailLayout.Button("Choose a new password", link)}
                    {EmailLayout.BareLink(link)}
                    {EmailLayout.Note($"The link works once, until {expiry}.")}
                    """),
                footer: "You get this because someone asked to reset your password at Flasky. If it was not you, do nothing: your password stays as it is."),
            $"""
            Hello {userName},

            Here you can choose a new password. It ends every session of your
            account.

            {link.AbsoluteUri}

            The link works once, until {expiry}.

            You get this because someone asked to reset your password at Flasky.
            If it was not you, do nothing: your password stays as it is.

            """);
    }
}
