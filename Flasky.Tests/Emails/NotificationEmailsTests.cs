using System.Net;
using Flasky.Emails;

namespace Flasky.Tests.Emails;

/// <summary>What every e-mail that can be switched off has in common.</summary>
public sealed class NotificationEmailsTests
{
    private const string Name = "<i>susan</i>";
    private const string Other = "<b>bob</b>";
    private const string Said = "First & <script>alert(1)</script>\n\nThird, **bold**";
    private static readonly Uri Unsubscribe = new("https://flasky.example.com/unsubscribe/abc-_123?a=1&b=2");
    private static readonly Uri Link = new("https://flasky.example.com/post/3?page=-1&x=1#comment-9");

    private static readonly Dictionary<string, EmailContent> Emails = new(StringComparer.Ordinal)
    {
        [$"{Other} follows you"] = NewFollowerEmail.Render(Name, Other, Link, Unsubscribe),
        [$"{Other} commented on your post"] = NewCommentEmail.Render(Name, Mention(Said), Unsubscribe),
        [$"{Other} commented after you"] = ReplyEmail.Render(Name, Mention(Said), Unsubscribe),
    };

    public static TheoryData<string> Subjects => [.. Emails.Keys];

    [Theory]
    [MemberData(nameof(Subjects))]
    public void BothBodiesNameWhoDidItAndHoldBothLinksEncodedWhereTheyMustBe(string subject)
    {
        var email = Emails[subject];
        Assert.Equal(subject, email.Subject);
        Assert.Equal(Unsubscribe, email.Unsubscribe);
        Assert.Contains($"Hello {Name},", email.Text, StringComparison.Ordinal);
        foreach (var text in new[] { Other, $"\n{Link.AbsoluteUri}\n", $"\n{Unsubscribe.AbsoluteUri}\n" })
            Assert.Contains(text, email.Text, StringComparison.Ordinal);
        foreach (var text in new[] { Name, Other, Link.AbsoluteUri, Unsubscribe.AbsoluteUri })
        {
            Assert.Contains(WebUtility.HtmlEncode(text), email.Html, StringComparison.Ordinal);
            Assert.DoesNotContain(text, email.Html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects))]
    public void TheTextFitsIntoAnOrdinaryLine(string subject) =>
        Assert.All(Emails[subject].Text.Split('\n'), line => Assert.InRange(line.Length, 0, 78));

    [Fact]
    public void WhatWasSaidIsQuotedLineByLineAndIsNoMarkup()
    {
        foreach (var email in Emails.Values.Skip(1))
        {
            Assert.Contains("\n> First & <script>alert(1)</script>\n>\n> Third, **bold**\n", email.Text, StringComparison.Ordinal);
            Assert.Contains("First &amp; &lt;script&gt;alert(1)&lt;/script&gt;<br>\n<br>\nThird, **bold**", email.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script", email.Html, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void LongLinesAreWrappedAndLongWordsStayWhole()
    {
        var word = $"https://example.com/{new string('a', 100)}";
        var text = NewCommentEmail.Render("susan", Mention($"{string.Join(' ', Enumerable.Repeat("words", 40))} {word} end"), Unsubscribe).Text;
        var quoted = text.Split('\n').Where(line => line.StartsWith('>')).ToArray();
        Assert.Contains($"> {word}", quoted);
        Assert.All(quoted.Where(line => line != $"> {word}"), line => Assert.InRange(line.Length, 3, 78));
        Assert.Equal(42, quoted.Sum(line => line.Split(' ').Length - 1));
    }

    [Fact]
    public void ThePostIsNamedByItsAuthorAndItsDayInUtc()
    {
        Assert.All(Emails.Values.Skip(1), email =>
        {
            Assert.Contains("2 March 2026", email.Text, StringComparison.Ordinal);
            Assert.Contains("2 March 2026", email.Html, StringComparison.Ordinal);
        });
        Assert.Contains("the post of ada", Emails[$"{Other} commented after you"].Text, StringComparison.Ordinal);
    }

    private static CommentMention Mention(string body) => new()
    {
        Author = Other,
        Body = body,
        PostAuthor = "ada",
        PostedAt = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2)),
        Link = Link,
    };
}
