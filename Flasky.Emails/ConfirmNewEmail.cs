using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>
/// Asks for a confirmation at the address that a user wants from now on. Does nothing when none is pending any more, or when
/// another account has it; the page says the same in each case.
/// </summary>
/// <param name="UserId">The user; address and token are looked up and made when the job runs.</param>
[Job("mail.confirm-new-email", Queue = "mail")]
public sealed record ConfirmNewEmail(int UserId) : IJob;

/// <summary>The e-mail that <see cref="ConfirmNewEmail"/> sends.</summary>
public static class ConfirmNewEmailEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Makes the address the account's, when opened by its user.</param>
    /// <param name="expiresAt">When the link stops working; shown to the minute, in UTC.</param>
    public static EmailContent Render(string userName, Uri link, DateTimeOffset expiresAt)
    {
        var expiry = EmailLayout.Minute(expiresAt);
        return new EmailContent(
            "Confirm your email address",
            EmailLayout.Page(
                title: "Confirm your new address",
                preheader: "One click, and Flasky writes to this address from now on.",
                content: Html.Of($"""
                    {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                    {EmailLayout.Paragraph(Html.Of($"Please confirm that your Flasky account shall have this e-mail address from now on."))}
                    {EmailLayout.Button("Confirm this address", link)}
                    {EmailLayout.BareLink(link)}
                    {EmailLayout.Note($"The link works once, until {expiry}, for the account that asked for it.")}
                    """),
                footer: "You get this because a user of Flasky gave this address. If that was not you, do nothing: nothing changes."),
            $"""
            Hello {userName},

            Please confirm that your Flasky account shall have this e-mail address
            from now on:

            {link.AbsoluteUri}

            The link works once, until {expiry},
            for the account that asked for it.

            You get this because a user of Flasky gave this address. If that was
            not you, do nothing: nothing changes.

            """);
    }
}
