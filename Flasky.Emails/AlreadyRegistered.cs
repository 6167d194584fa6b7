using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Tells a user that somebody tried to register with the address again; the page tells a stranger nothing.</summary>
/// <param name="UserId">The user whose address it is.</param>
[Job("mail.already-registered", Queue = "mail")]
public sealed record AlreadyRegistered(int UserId) : IJob;

/// <summary>The e-mail that <see cref="AlreadyRegistered"/> sends.</summary>
public static class AlreadyRegisteredEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Where a password can be reset.</param>
    public static EmailContent Render(string userName, Uri link) => new(
        "You Already Have an Account",
        EmailLayout.Page(
            title: "You already have an account",
            preheader: "Someone registered with your address; you are a member already.",
            content: Html.Of($"""
                {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                {EmailLayout.Paragraph(Html.Of($"Someone just registered at Flasky with this address, but it has an account already: yours. Nothing was changed."))}
                {EmailLayout.Paragraph(Html.Of($"If it was you and you have forgotten your password, choose a new one."))}
                {EmailLayout.Button("Reset my password", link)}
                {EmailLayout.BareLink(link)}
                """),
            footer: "You get this because someone registered at Flasky with this address. If it was not you, do nothing."),
        $"""
        Hello {userName},

        Someone just registered at Flasky with this address, but it has an
        account already: yours. Nothing was changed.

        If it was you and you have forgotten your password, choose a new one:

        {link.AbsoluteUri}

        You get this because someone registered at Flasky with this address.
        If it was not you, do nothing.

        """);
}
