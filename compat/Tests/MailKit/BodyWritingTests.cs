using System.Text;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed class BodyWritingTests
{
    [Fact]
    public void TextAndHtmlBecomeAnAlternativeWithHtmlLast()
    {
        var message = Mime.Message();
        message.Body = new BodyBuilder { TextBody = "plain", HtmlBody = "<p>rich</p>" }.ToMessageBody();

        var alternative = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(p => p.ContentType.MimeType));
        Assert.Equal("plain", message.TextBody);
        Assert.Equal("<p>rich</p>", message.HtmlBody);

        var boundary = alternative.ContentType.Boundary;
        var body = Mime.Wire(message).Split("\r\n\r\n", 2)[1];
        Assert.Equal(
            $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n"
            + $"--{boundary}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>rich</p>\r\n--{boundary}--\r\n", body);
    }

    [Fact]
    public void OneFormIsOnePart()
    {
        Assert.Equal("text/plain", new BodyBuilder { TextBody = "x" }.ToMessageBody().ContentType.MimeType);
        Assert.Equal("text/html", new BodyBuilder { HtmlBody = "x" }.ToMessageBody().ContentType.MimeType);
        Assert.Equal("text/plain", new BodyBuilder().ToMessageBody().ContentType.MimeType);
    }

    [Theory]
    [InlineData("a\nb\r\nc", NewLineFormat.Dos, "a\r\nb\r\nc\r\n")]
    [InlineData("a\nb\r\nc\n", NewLineFormat.Unix, "a\nb\nc\n")]
    public async Task EveryLineEndsAsAsked(string text, NewLineFormat format, string expected)
    {
        var options = new FormatOptions { NewLineFormat = format };
        using var stream = new MemoryStream();
        await Mime.Message(text: text).WriteToAsync(options, stream, TestContext.Current.CancellationToken);
        Assert.EndsWith(expected, Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void DatesAreWrittenAsRfc5322Asks()
    {
        var message = Mime.Message();
        message.Date = new DateTimeOffset(2026, 3, 1, 9, 5, 7, TimeSpan.FromHours(-3.5));
        Assert.Equal("Date: Sun, 01 Mar 2026 09:05:07 -0330", Mime.Header(message, "Date"));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 5, 7, TimeSpan.FromHours(-3.5)), message.Date);
    }

    [Theory]
    [InlineData("left@right", "left@right")]
    [InlineData("<left@right>", "left@right")]
    public void MessageIdsAreWrittenInAngleBrackets(string given, string kept)
    {
        var message = Mime.Message();
        message.MessageId = given;
        Assert.Equal(kept, message.MessageId);
        Assert.Equal($"Message-Id: <{kept}>", Mime.Header(message, "Message-Id"));
    }

    [Fact]
    public void LongMessageIdsStayOneWord()
    {
        var message = Mime.Message();
        var id = $"<{new string('x', 60)}@{new string('y', 60)}.example>";
        message.Headers[HeaderId.MessageId] = id;
        Assert.Equal($"Message-Id: {id}", Mime.Header(message, "Message-Id"));
    }

    [Fact]
    public void LongAddressesToUnsubscribeAtStayOneWord()
    {
        var message = Mime.Message();
        var link = $"<https://example.com/unsubscribe/{new string('x', 200)}>";
        message.Headers.Add(HeaderId.ListUnsubscribe, link);
        Assert.Equal($"List-Unsubscribe: {link}", Mime.Header(message, "List-Unsubscribe"));
    }

    [Theory]
    [InlineData("left")]
    [InlineData("left@")]
    [InlineData("left@right\r\nBcc: eve@example.com")]
    [InlineData("<left@right> <other@right>")]
    public void OtherMessageIdsAreRefused(string id) =>
        Assert.Throws<ArgumentException>(() => Mime.Message().MessageId = id);

    [Fact]
    public void BoundariesDiffer() =>
        Assert.NotEqual(new MultipartAlternative().ContentType.Boundary, new MultipartAlternative().ContentType.Boundary);
}
