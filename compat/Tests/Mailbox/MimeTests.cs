using System.Text;
using Flasky.Mailbox;
using Flasky.Mailbox.Mime;

namespace Flasky.Compat.Tests.Mailbox;

public sealed class MimeTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?q?caf=C3=A9?=", "café")]
    [InlineData("=?UTF-8?B?Y2Fmw6k=?= bar", "café bar")]
    [InlineData("=?iso-8859-1?Q?a_b=E9?=", "a bé")]
    [InlineData("=?windows-1252?Q?=80?=", "€")]
    [InlineData("=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本")]
    [InlineData("=?utf-8*en?q?hi?=", "hi")]
    [InlineData("=?utf-8?q?one?= =?utf-8?q?two?=", "onetwo")]
    [InlineData("=?utf-8?q?one?= and =?utf-8?q?two?=", "one and two")]
    [InlineData("=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é")]
    [InlineData("=?no-such-charset?q?=C3=A9?=", "é")]
    [InlineData("=?utf-8?x?broken?=", "=?utf-8?x?broken?=")]
    [InlineData("=?utf-8?q?open", "=?utf-8?q?open")]
    public void EncodedWordsAreDecoded(string raw, string expected) => Assert.Equal(expected, EncodedWords.Decode(raw));

    [Fact]
    public void HeadersAreUnfoldedAndMayBeUtf8()
    {
        var message = Read("Subject: =?utf-8?q?one?=\r\n =?utf-8?q?two?=\r\nX-Name: Jörg\r\nx-long: a\r\n\tb\r\nBroken line\r\nSubject: late\r\n\r\n");

        Assert.Equal("onetwo", message.Subject);
        Assert.Equal("Jörg", message.Header("x-name"));
        Assert.Equal("a\tb", message.Header("X-Long"));
        Assert.StartsWith("Broken line", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Susan <susan@example.com>", "Susan|susan@example.com")]
    [InlineData("susan@example.com", "|susan@example.com")]
    [InlineData("<susan@example.com>", "|susan@example.com")]
    [InlineData("\"Doe, \\\"J\\\" John\" <j@example.com>, b@example.com", "Doe, \"J\" John|j@example.com;|b@example.com")]
    [InlineData("=?utf-8?q?J=C3=B6rg?= <j@example.com>", "Jörg|j@example.com")]
    [InlineData("team: a@b.c, D <d@e.f>;", "|a@b.c;D|d@e.f")]
    [InlineData("undisclosed-recipients:;", "")]
    [InlineData("susan@example.com (Susan (office))", "|susan@example.com")]
    [InlineData("Susan <susan@example.com", "Susan|susan@example.com")]
    [InlineData("Nobody", "Nobody|")]
    [InlineData("", "")]
    public void AddressListsAreRead(string raw, string expected) =>
        Assert.Equal(expected, string.Join(';', AddressReader.Read(raw).Select(each => $"{each.Name}|{each.Address}")));

    [Theory]
    [InlineData("Tue, 1 Jul 2025 10:52:37 +0200", "2025-07-01T10:52:37+02:00")]
    [InlineData("1 Jul 2025 10:52:37 -0530 (comment)", "2025-07-01T10:52:37-05:30")]
    [InlineData("Tue, 01 Jul 2025 10:52 GMT", "2025-07-01T10:52:00+00:00")]
    [InlineData("Tue, 1 Jul 2025 10:52:37 EST", "2025-07-01T10:52:37-05:00")]
    public void DatesAreRead(string raw, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DateReader.Read(raw));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("Tue, 99 Jul 2025 10:52:37 +0200")]
    [InlineData("")]
    public void AnUnreadableDateIsNone(string raw) => Assert.Null(DateReader.Read(raw));

    [Fact]
    public void AMultipartGivesItsTextHtmlAndAttachments()
    {
        var message = Read("""
            Content-Type: multipart/mixed; boundary="outer"

            preamble
            --outer
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            caf=C3=A9 =
            goes on=20
            --inner
            Content-Type: text/html; charset=iso-8859-1
            Content-Transfer-Encoding: base64

            PGI+Y2Fm6Twv
            Yj4=
            --inner--
            --outer
            Content-Type: application/pdf; name*0*=utf-8''Zo%C3%AB; name*1=".pdf"
            Content-Disposition: attachment
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --outer
            Content-Type: image/png
            Content-ID: <logo@example.com>
            Content-Disposition: inline; filename="logo.png"

            png
            --outer--
            epilogue
            """);

        Assert.Equal("café goes on ", message.Text);
        Assert.Equal("<b>café</b>", message.Html);
        var attachment = Assert.Single(message.Content.Attachments);
        Assert.Equal(("2", "Zoë.pdf", "hello"), (attachment.Id, attachment.FileName, Encoding.ASCII.GetString(attachment.Decode())));
        var inline = Assert.Single(message.Content.Inline);
        Assert.Equal(("3", "logo@example.com", "logo.png"), (inline.Id, inline.ContentId, inline.FileName));
    }

    [Fact]
    public void RecipientsThatNoHeaderNamesAreBlindCopies()
    {
        var message = Read("To: One <one@example.com>\r\nBcc: two@example.com\r\n\r\n", "ONE@example.com", "two@example.com", "three@example.com");

        Assert.Equal(["two@example.com", "three@example.com"], message.Bcc.Select(each => each.Address));
    }

    [Fact]
    public void TheSnippetIsWhatAReaderSees()
    {
        var message = Read("Content-Type: text/html\r\n\r\n<style>p{}</style><!-- no --><p>One&nbsp;&amp;</p>\r\n<p>two</p><script>x</script>");

        Assert.Equal("One & two", message.Content.Snippet);
    }

    [Fact]
    public void NestingHasAnEnd()
    {
        var source = string.Concat(Enumerable.Range(0, 5000).Select(level => $"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"));

        Assert.Equal("", Read(source).Text);
    }

    [Fact]
    public void MalformedInputNeverThrows()
    {
        var random = new Random(20250701);
        var seed = Encoding.UTF8.GetBytes(
            "From: \"a\\\"b\" <c@d.e>, (x(y)z) f: g@h.i;\r\nSubject: =?utf-8?b?w6k=?= =?x?q?=zz?=\r\nDate: Tue, 1 Jul 2025 10:52:37 +0200\r\n" +
            "Content-Type: multipart/mixed; boundary=\"b\"; x*0*=utf-8''%C3; x*1=a\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-7\r\n" +
            "Content-Transfer-Encoding: base64\r\n\r\nw6k=\r\n--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=C3=\r\n=zz=\r\n--b--\r\n");
        for (var run = 0; run < 5000; run++)
        {
            var bytes = (byte[])seed.Clone();
            for (var change = random.Next(1, 10); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var message = new ReceivedMessage("id", default, "", [], null, bytes[..random.Next(bytes.Length)]);

            Assert.NotNull($"{message.Subject}{message.From}{message.Text}{message.Html}{message.Content.Snippet}{message.Date}{message.Bcc.Count}");
            foreach (var part in message.Content.Root.Leaves()) Assert.NotNull(part.FileName + part.Decode().Length);
        }
    }

    private static ReceivedMessage Read(string source, params string[] recipients) => new(
        "id", default, "", recipients, null, Encoding.UTF8.GetBytes(source.ReplaceLineEndings("\r\n")));
}
