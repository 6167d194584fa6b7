using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed partial class HeaderEncodingTests
{
    public static TheoryData<string> Texts =>
    [
        "Confirm Your Account",
        "Grüße",
        "[Flasky] Bestätige dein Konto, Jürgen",
        "日本語の件名がここにあります。とても長いので、一行には収まりません。もう少し続きます。",
        "plain words, then ünïcödé  with  two spaces, then plain words again and again until the line is full",
        "=?utf-8?q?not_an_encoded_word?=",
        "emoji 👩‍👩‍👧‍👦 family and 🇩🇪 flag",
        "tab\tand \"quotes\" and (comments) and <angles>",
        new string('x', 300),
        new string('é', 300),
        string.Join(' ', Enumerable.Repeat("word", 60)),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void SubjectsComeBackAsTheyWere(string subject)
    {
        var header = Mime.Header(Mime.Message(subject), "Subject");
        Assert.Equal(subject, Decode(header["Subject: ".Length..]));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void HeaderLinesAreAsciiAndNoLongerThan78(string text)
    {
        var message = Mime.Message(text, name: text);
        foreach (var line in Mime.Header(message, "Subject").Split("\r\n").Concat(Mime.Header(message, "To").Split("\r\n")))
        {
            Assert.InRange(line.Length, 1, 78);
            Assert.True(Ascii.IsValid(line), line);
            Assert.False(string.IsNullOrWhiteSpace(line));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void EncodedWordsHoldWholeCharactersAndAtMost75(string text)
    {
        foreach (var word in EncodedWord().Matches(Mime.Header(Mime.Message(text), "Subject")).Select(m => m.Value))
        {
            Assert.InRange(word.Length, 1, 75);
            Assert.DoesNotContain('\uFFFD', Decode(word));
        }
    }

    [Fact]
    public void PlainSubjectsAreWrittenAsTheyAre() =>
        Assert.Equal("Subject: [Flasky] Confirm Your Account", Mime.Header(Mime.Message("[Flasky] Confirm Your Account"), "Subject"));

    [Fact]
    public void AFewForeignLettersStayReadable() =>
        Assert.Equal("Subject: Hello =?utf-8?q?J=C3=BCrgen?=", Mime.Header(Mime.Message("Hello Jürgen"), "Subject"));

    [Theory]
    [InlineData("Ada Lovelace", "Ada Lovelace <ada@example.com>")]
    [InlineData("Lovelace, Ada", "\"Lovelace, Ada\" <ada@example.com>")]
    [InlineData("Ada \"the first\" \\o/", "\"Ada \\\"the first\\\" \\\\o/\" <ada@example.com>")]
    [InlineData("ada.l", "\"ada.l\" <ada@example.com>")]
    [InlineData("Jürgen", "=?utf-8?q?J=C3=BCrgen?= <ada@example.com>")]
    [InlineData(null, "ada@example.com")]
    public void NamesAreBareQuotedOrEncoded(string? name, string expected) =>
        Assert.Equal($"To: {expected}", Mime.Header(Mime.Message(name: name), "To"));

    [Fact]
    public void ManyAddressesAreFoldedBetweenThem()
    {
        var message = Mime.Message();
        for (var i = 0; i < 20; i++)
        {
            message.To.Add(new MailboxAddress($"Reader {i.ToString(CultureInfo.InvariantCulture)}", $"reader{i}@example.com"));
        }
        var header = Mime.Header(message, "To");
        Assert.All(header.Split("\r\n"), line => Assert.InRange(line.Length, 2, 78));
        Assert.Equal(20, header.Count(c => c == ','));
    }

    [Theory]
    [InlineData("Hi\r\nBcc: eve@example.com")]
    [InlineData("Hi\nBcc: eve@example.com")]
    [InlineData("Hi\rBcc: eve@example.com")]
    [InlineData("Hi\r\n\r\n<h1>injected</h1>")]
    public void LineBreaksCannotAddHeaders(string text)
    {
        var message = Mime.Message(subject: text, name: text);
        message.Headers.Add("X-Note", text);
        Assert.Equal(["From", "Date", "Subject", "Message-Id", "To", "X-Note", "MIME-Version", "Content-Type"], Mime.HeaderNames(message));
    }

    [Theory]
    [InlineData("X-Note\r\nBcc")]
    [InlineData("X Note")]
    [InlineData("X:")]
    [InlineData("")]
    public void FieldNamesWithOtherThanTheirLettersAreRefused(string name) =>
        Assert.ThrowsAny<ArgumentException>(() => new Header(name, "value"));

    [GeneratedRegex(@"=\?utf-8\?(?<kind>[bq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    /// <summary>RFC 2047, written apart from the code under test.</summary>
    private static string Decode(string folded)
    {
        var text = folded.Replace("\r\n", "", StringComparison.Ordinal);
        text = Regex.Replace(text, @"\?=\s+=\?", "?==?", RegexOptions.None, TimeSpan.FromSeconds(1));
        return EncodedWord().Replace(text, m => m.Groups["kind"].Value == "b"
            ? Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups["text"].Value))
            : Encoding.UTF8.GetString([.. Bytes(m.Groups["text"].Value)]));
    }

    private static IEnumerable<byte> Bytes(string q)
    {
        for (var i = 0; i < q.Length; i++)
        {
            if (q[i] == '=')
            {
                yield return byte.Parse(q.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
            {
                yield return (byte)(q[i] == '_' ? ' ' : q[i]);
            }
        }
    }
}
