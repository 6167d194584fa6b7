using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Tells the present address of an account that it is about to be replaced. Does nothing for a user who is gone.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Email">The present address, because another may be confirmed before the job runs.</param>
[Job("mail.email-change-requested", Queue = "mail", Encrypted = true)]
public sealed record EmailChangeRequested(int UserId, string Email) : IJob;

/// <summary>The e-mail that <see cref="EmailChangeRequested"/> sends.</summary>
public static class EmailChangeRequestedEmail
{
    /// <summary>Writes it. The other address is not in it: whoever reads this mail may not be who asked.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="link">Where a password can be changed and sessions ended.</param>
    public static EmailContent Render(string userName, Uri link) => new(
        "Your E-mail Address Is Being Changed",
        EmailLayout.Page(
            title: "Your address is being changed",
            preheader: "Someone signed in to your account asked for another e-mail address.",
            content: Html.Of($"""
                {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                {EmailLayout.Paragraph(Html.Of($"Someone who is signed in to your Flasky account asked for another e-mail address. It replaces this one as soon as it is confirmed."))}
                {EmailLayout.Paragraph(Html.Of($"If it was you, there is nothing to do. If it was not, change your password now: that stops the change and ends every other session."))}
                {EmailLayout.Button("Look after my account", link)}
                {EmailLayout.BareLink(link)}
                """),
            footer: "You get this because it concerns the safety of your account at Flasky."),
        $"""
        Hello {userName},

        Someone who is signed in to your Flasky account asked for another
        e-mail address. It replaces this one as soon as it is confirmed.

        If it was you, there is nothing to do. If it was not, change your
        password now: that stops the change and ends every other session.

        {link.AbsoluteUri}

        You get this because it concerns the safety of your account at Flasky.

        """);
}
