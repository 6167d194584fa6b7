using System.Net;
using Flasky.Emails;

namespace Flasky.Tests.Emails;

public sealed class ConfirmAccountEmailTests
{
    private static readonly Uri Link = new("https://flasky.example.com/auth/confirm/abc-_~.123");
    private static readonly DateTimeOffset Expiry = new(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2));

    [Fact]
    public void BothBodiesHoldTheNameTheLinkAndTheExpiryInUtc()
    {
        var email = ConfirmAccountEmail.Render("susan", Link, Expiry);
        foreach (var body in new[] { email.Html, email.Text })
        {
            Assert.Contains("susan", body, StringComparison.Ordinal);
            Assert.Contains(Link.AbsoluteUri, body, StringComparison.Ordinal);
            Assert.Contains("01:30 UTC on 2 March 2026", body, StringComparison.Ordinal);
        }
        Assert.Equal("Confirm Your Account", email.Subject);
    }

    [Fact]
    public void ValuesAreEncodedInHtml()
    {
        const string name = "<script>alert('x')</script>&\"";
        var email = ConfirmAccountEmail.Render(name, new Uri("https://flasky.example.com/?a=1&b=\"><script>"), Expiry);
        Assert.DoesNotContain("<script", email.Html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(WebUtility.HtmlEncode(name), email.Html, StringComparison.Ordinal);
        Assert.Contains("?a=1&amp;b=", email.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void TheTextFitsIntoAnOrdinaryLine()
    {
        var email = ConfirmAccountEmail.Render("susan", Link, Expiry);
        Assert.All(email.Text.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain('\r', email.Text);
    }

    [Fact]
    public void TheLinkStandsOnALineOfItsOwnInTheText() =>
        Assert.Contains($"\n{Link.AbsoluteUri}\n", ConfirmAccountEmail.Render("susan", Link, Expiry).Text, StringComparison.Ordinal);
}
