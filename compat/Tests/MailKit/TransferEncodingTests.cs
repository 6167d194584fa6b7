using System.Globalization;
using System.Text;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed class TransferEncodingTests
{
    private static readonly string LongLine = new('x', 999);

    [Theory]
    [InlineData("plain", EncodingConstraint.SevenBit, ContentEncoding.Default)]
    [InlineData("plain", EncodingConstraint.EightBit, ContentEncoding.Default)]
    [InlineData("mostly plain text with one ü", EncodingConstraint.SevenBit, ContentEncoding.QuotedPrintable)]
    [InlineData("mostly plain text with one ü", EncodingConstraint.EightBit, ContentEncoding.EightBit)]
    [InlineData("日本語", EncodingConstraint.SevenBit, ContentEncoding.Base64)]
    [InlineData("日本語", EncodingConstraint.EightBit, ContentEncoding.EightBit)]
    [InlineData("hi\nFrom here on", EncodingConstraint.EightBit, ContentEncoding.QuotedPrintable)]
    [InlineData("lone\rcarriage return", EncodingConstraint.EightBit, ContentEncoding.QuotedPrintable)]
    [InlineData("nul\0", EncodingConstraint.EightBit, ContentEncoding.Base64)]
    public void ThePlainestEncodingIsChosen(string text, EncodingConstraint constraint, ContentEncoding expected)
    {
        var part = new TextPart("plain") { Text = text };
        part.Prepare(constraint, 998);
        Assert.Equal(expected, part.ContentTransferEncoding);
    }

    [Fact]
    public void LinesThatSmtpCannotCarryAreEncoded()
    {
        var part = new TextPart("plain") { Text = LongLine };
        part.Prepare(EncodingConstraint.EightBit, 998);
        Assert.Equal(ContentEncoding.QuotedPrintable, part.ContentTransferEncoding);
    }

    public static TheoryData<string> Texts =>
    [
        "a = b",
        "ends with space \nends with tab\t\nnot.",
        "Größe: €5, größer: €50 – höher",
        new string('=', 200),
        new string('x', 75) + "=y",
        new string('x', 76),
        new string('x', 77),
        string.Concat(Enumerable.Repeat("日本", 100)),
        "From me\n.dot\n..dots\n",
        "a\rb",
        "",
        "\n\n",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void QuotedPrintableComesBackAsItWas(string text)
    {
        var body = Written(text, ContentEncoding.QuotedPrintable);
        Assert.Equal(text.TrimEnd('\n'), DecodeQuotedPrintable(body).TrimEnd('\n'));
        Assert.All(body.Split("\r\n"), line =>
        {
            Assert.InRange(line.Length, 0, 76);
            Assert.False(line.EndsWith(' ') || line.EndsWith('\t'), $"'{line}' ends with white space");
            Assert.True(Ascii.IsValid(line));
        });
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Base64ComesBackAsItWas(string text)
    {
        var body = Written(text, ContentEncoding.Base64);
        Assert.All(body.Split("\r\n"), line => Assert.InRange(line.Length, 0, 76));
        Assert.Equal(text, Encoding.UTF8.GetString(Convert.FromBase64String(body)));
    }

    [Fact]
    public void TheEncodingIsNamedInTheHeader()
    {
        var message = Mime.Message(text: "ü");
        message.Prepare(EncodingConstraint.SevenBit);
        Assert.Equal("Content-Transfer-Encoding: base64", Mime.Header(message, "Content-Transfer-Encoding"));
        Assert.Equal("Content-Type: text/plain; charset=utf-8", Mime.Header(message, "Content-Type"));
    }

    private static string Written(string text, ContentEncoding encoding)
    {
        var message = Mime.Message(text: text);
        ((MimePart)message.Body!).ContentTransferEncoding = encoding;
        return Mime.Wire(message).Split("\r\n\r\n", 2)[1];
    }

    /// <summary>RFC 2045 section 6.7, written apart from the code under test.</summary>
    private static string DecodeQuotedPrintable(string body)
    {
        var joined = body.Replace("=\r\n", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);
        var bytes = new List<byte>();
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }
}
