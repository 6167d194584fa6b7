using Flasky.Mailbox;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Flasky.Compat.Tests.MailKit;

public sealed class SmtpClientTests : IAsyncLifetime
{
    private MailboxServer mailbox = null!;
    private readonly SmtpClient client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        mailbox = await MailboxServer.StartAsync(new MailboxOptions { HttpPort = null }, Token);
        await client.ConnectAsync("127.0.0.1", mailbox.SmtpPort, SecureSocketOptions.None, Token);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await mailbox.DisposeAsync();
    }

    [Fact]
    public async Task MessagesArriveAsWritten()
    {
        var message = Mime.Message("[Flasky] Grüße an 日本", "Zeile eins\n.mit Punkt\n..mit zweien\n\nÜ\n", name: "Jürgen Müller");
        message.Body = new BodyBuilder { TextBody = message.TextBody, HtmlBody = "<p>Ü &amp; ü</p>\n" }.ToMessageBody();
        message.ReplyTo.Add(new MailboxAddress("Hilfe", "help@example.com"));

        var reply = await client.SendAsync(message, Token);

        Assert.NotEmpty(reply);
        var received = Assert.Single(mailbox.Messages);
        Assert.Equal("[Flasky] Grüße an 日本", received.Subject);
        Assert.Equal("Zeile eins\n.mit Punkt\n..mit zweien\n\nÜ\n", received.Text.ReplaceLineEndings("\n"));
        Assert.Equal("<p>Ü &amp; ü</p>\n", received.Html.ReplaceLineEndings("\n"));
        Assert.Equal("Jürgen Müller <ada@example.com>", Assert.Single(received.To).ToString());
        Assert.Equal("help@example.com", Assert.Single(received.ReplyTo).Address);
        Assert.Equal(message.MessageId, received.MessageId);
        Assert.Equal("flasky@example.com", received.Sender);
    }

    [Fact]
    public async Task TheServersOfferIsKnownAfterConnecting()
    {
        Assert.True(client.Capabilities.HasFlag(SmtpCapabilities.Pipelining | SmtpCapabilities.Size | SmtpCapabilities.EightBitMime | SmtpCapabilities.UTF8));
        Assert.Contains("PLAIN", client.AuthenticationMechanisms);
        Assert.True(client.MaxSize > 0);
        await client.NoOpAsync(Token);
    }

    [Fact]
    public async Task OneConnectionCarriesManyMessages()
    {
        for (var i = 0; i < 20; i++)
        {
            await client.SendAsync(Mime.Message($"number {i}"), Token);
        }
        Assert.Equal(20, mailbox.MessagesAccepted);
        Assert.Equal(20, Assert.Single(mailbox.Sessions).MessagesKept);
    }

    [Fact]
    public async Task LargeMessagesArriveWhole()
    {
        var line = new string('.', 70) + "\n";
        var text = string.Concat(Enumerable.Repeat(line, 20_000));
        await client.SendAsync(Mime.Message(text: text), Token);
        Assert.Equal(text, Assert.Single(mailbox.Messages).Text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task BlindCopiesAreSentButNotShown()
    {
        var message = Mime.Message();
        message.Bcc.Add(new MailboxAddress(null, "secret@example.com"));
        await client.SendAsync(message, Token);
        var received = Assert.Single(mailbox.Messages);
        Assert.Equal(["ada@example.com", "secret@example.com"], received.Recipients);
        Assert.DoesNotContain("secret@example.com", received.SourceText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InternationalAddressesTravelAsTheyAre()
    {
        await client.SendAsync(Mime.Message(to: "jürgen@bücher.example"), Token);
        Assert.Equal(["jürgen@bücher.example"], Assert.Single(mailbox.Messages).Recipients);
    }

    [Theory]
    [InlineData(SmtpStage.Mail, 550, SmtpErrorCode.SenderNotAccepted, "flasky@example.com")]
    [InlineData(SmtpStage.Rcpt, 450, SmtpErrorCode.RecipientNotAccepted, "ada@example.com")]
    [InlineData(SmtpStage.Data, 452, SmtpErrorCode.UnexpectedStatusCode, null)]
    [InlineData(SmtpStage.EndOfData, 554, SmtpErrorCode.MessageNotAccepted, null)]
    public async Task ARefusalNamesWhatWasRefusedAndLeavesTheConnectionOpen(SmtpStage stage, int code, SmtpErrorCode what, string? mailboxAddress)
    {
        using var fault = mailbox.Faults.At(stage).Times(1).Reply(code, "5.0.0 No");

        var refusal = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mime.Message(), Token));

        Assert.Equal(what, refusal.ErrorCode);
        Assert.Equal(code, (int)refusal.StatusCode);
        Assert.Equal("5.0.0 No", refusal.Message);
        Assert.Equal(mailboxAddress, refusal.Mailbox?.Address);
        Assert.True(client.IsConnected);
        await client.SendAsync(Mime.Message("again"), Token);
        Assert.Equal("again", Assert.Single(mailbox.Messages).Subject);
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    [InlineData(SmtpStage.Accepted)]
    public async Task ABrokenConnectionIsClosed(SmtpStage stage)
    {
        using var fault = mailbox.Faults.At(stage).Drop();
        await Assert.ThrowsAsync<SmtpProtocolException>(() => client.SendAsync(Mime.Message(), Token));
        Assert.False(client.IsConnected);
        await Assert.ThrowsAsync<ServiceNotConnectedException>(() => client.SendAsync(Mime.Message(), Token));
    }

    [Fact]
    public async Task AResetConnectionIsAnIOError()
    {
        using var fault = mailbox.Faults.At(SmtpStage.EndOfData).Reset();
        await Assert.ThrowsAsync<IOException>(() => client.SendAsync(Mime.Message(), Token));
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task AnAnswerThatStaysOutIsATimeout()
    {
        client.Timeout = 200;
        using var gate = mailbox.Faults.At(SmtpStage.EndOfData).Hold();
        await Assert.ThrowsAsync<TimeoutException>(() => client.SendAsync(Mime.Message(), Token));
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task CancellingEndsTheWait()
    {
        using var gate = mailbox.Faults.At(SmtpStage.Mail).Hold();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sending = client.SendAsync(Mime.Message(), cancel.Token);
        await gate.WaitForHeldAsync(TimeSpan.FromSeconds(10), cancellationToken: Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task ProgressIsReportedOnceTheServerAgreed()
    {
        var progress = new Progress();
        using (mailbox.Faults.At(SmtpStage.Data).Times(1).Reply(451, "4.0.0 Later"))
        {
            await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(Mime.Message(), Token, progress));
        }
        Assert.Empty(progress.Seen);
        await client.SendAsync(Mime.Message(), Token, progress);
        var size = mailbox.Messages[0].Size;
        Assert.Equal((size, size), progress.Seen[^1]);
    }

    [Fact]
    public async Task DisconnectingSaysGoodbye()
    {
        await client.DisconnectAsync(quit: true, Token);
        Assert.False(client.IsConnected);
        await client.DisconnectAsync(quit: true, Token);
        Assert.Empty(mailbox.Messages);
    }

    [Fact]
    public async Task AMessageNeedsSenderAndRecipient()
    {
        var noSender = new MimeMessage();
        noSender.To.Add(new MailboxAddress(null, "ada@example.com"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync(noSender, Token));
        var noRecipient = new MimeMessage();
        noRecipient.From.Add(new MailboxAddress(null, "ada@example.com"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.SendAsync(noRecipient, Token));
    }

    private sealed class Progress : ITransferProgress
    {
        internal List<(long Sent, long Total)> Seen { get; } = [];

        public void Report(long bytesTransferred) => throw new InvalidOperationException("the size is known");

        public void Report(long bytesTransferred, long totalSize) => Seen.Add((bytesTransferred, totalSize));
    }
}
