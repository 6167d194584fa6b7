using Flasky.Emails;

namespace Flasky.Tests.Emails;

/// <summary>What every e-mail about accounts has in common.</summary>
public sealed class AccountEmailsTests
{
    private const string Name = "<i>susan</i>";
    private static readonly Uri Link = new("https://flasky.example.com/auth/reset/abc?a=1&b=2");
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2));

    private static readonly Dictionary<string, EmailContent> Emails = new(StringComparer.Ordinal)
    {
        ["Confirm Your Account"] = ConfirmAccountEmail.Render(Name, Link, Time),
        ["Reset Your Password"] = ResetPasswordEmail.Render(Name, Link, Time),
        ["Confirm your email address"] = ConfirmNewEmailEmail.Render(Name, Link, Time),
        ["Your E-mail Address Is Being Changed"] = EmailChangeRequestedEmail.Render(Name, Link),
        ["Your Password Was Changed"] = PasswordChangedEmail.Render(Name, Link, Time),
        ["You Already Have an Account"] = AlreadyRegisteredEmail.Render(Name, Link),
    };

    public static TheoryData<string> Subjects => [.. Emails.Keys];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void BothBodiesGreetAndHoldTheLinkEncodedWhereItMustBe(string subject)
    {
        var email = Emails[subject];
        Assert.Equal(subject, email.Subject);
        Assert.Contains($"Hello {Name},", email.Text, StringComparison.Ordinal);
        Assert.Contains($"\n{Link.AbsoluteUri}\n", email.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;susan", email.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(Name, email.Html, StringComparison.Ordinal);
        Assert.Contains("?a=1&amp;b=2", email.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void TheTextFitsIntoAnOrdinaryLine(string subject) =>
        Assert.All(Emails[subject].Text.Split('\n'), line => Assert.InRange(line.Length, 0, 78));

    [Theory]
    [InlineData("Reset Your Password")]
    [InlineData("Confirm your email address")]
    [InlineData("Your Password Was Changed")]
    public void TimesAreInUtc(string subject)
    {
        Assert.Contains("01:30 UTC on 2 March 2026", Emails[subject].Text, StringComparison.Ordinal);
        Assert.Contains("01:30 UTC on 2 March 2026", Emails[subject].Html, StringComparison.Ordinal);
    }
}
