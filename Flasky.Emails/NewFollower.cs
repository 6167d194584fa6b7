using Flasky.Jobs;

namespace Flasky.Emails;

/// <summary>Tells a user of a new follower. Does nothing when the following has ended, or the user does not want to know.</summary>
/// <param name="FollowerId">Who follows.</param>
/// <param name="FollowedId">Who is told.</param>
[Job("mail.new-follower", Queue = "mail")]
public sealed record NewFollower(int FollowerId, int FollowedId) : IJob;

/// <summary>The e-mail that <see cref="NewFollower"/> sends.</summary>
public static class NewFollowerEmail
{
    /// <summary>Writes it.</summary>
    /// <param name="userName">Whom it greets.</param>
    /// <param name="follower">The follower's user name.</param>
    /// <param name="profile">The follower's profile.</param>
    /// <param name="unsubscribe">Where the reader gets no more of these.</param>
    public static EmailContent Render(string userName, string follower, Uri profile, Uri unsubscribe) => new(
        $"{follower} follows you",
        EmailLayout.Page(
            title: "You have a new follower",
            preheader: $"{follower} follows you now.",
            content: Html.Of($"""
                {EmailLayout.Paragraph(Html.Of($"Hello <strong>{userName}</strong>,"))}
                {EmailLayout.Paragraph(Html.Of($"<strong>{follower}</strong> follows you on Flasky now, and finds your posts among those to read."))}
                {EmailLayout.Button("See the profile", profile)}
                {EmailLayout.BareLink(profile)}
                """),
            footer: "You get this because someone new follows you on Flasky.",
            unsubscribe),
        $"""
        Hello {userName},

        {follower} follows you on Flasky now, and finds
        your posts among those to read.

        {profile.AbsoluteUri}

        You get this because someone new follows you on Flasky. To get no more
        e-mails about new followers, open this link and press the button:

        {unsubscribe.AbsoluteUri}

        """,
        unsubscribe);
}
