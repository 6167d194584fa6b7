using Flasky.Emails;
using Flasky.Jobs;
using Flasky.Worker.Mail;
using Microsoft.Extensions.Options;

namespace Flasky.Tests.Worker;

public sealed class MailComposerTests
{
    private static readonly EmailContent Content = new("Subject", "<p>Hello</p>", "Hello");

    [Fact]
    public void EveryAttemptHasTheSameMessageIdAndDate()
    {
        var id = Guid.CreateVersion7();
        var composer = Composer();
        using var first = composer.Compose(Content, "susan", "susan@example.com", MailHost.Job(id));
        using var second = composer.Compose(Content, "susan", "susan@example.com", MailHost.Job(id, attempt: 2));
        Assert.Equal($"<{id:N}.mail@xn--bcher-kva.example>", first.Headers["Message-Id"]);
        Assert.Equal(first.Headers["Message-Id"], second.Headers["Message-Id"]);
        Assert.Equal(MailHost.CreatedAt, first.Date);
        Assert.Equal(first.Date, second.Date);
    }

    [Fact]
    public void OptionsFillTheHeader()
    {
        using var message = Composer(o => o.ReplyTo = "Help <help@example.com>").Compose(Content, "susan", "susan@example.com", MailHost.Job());
        Assert.Equal("[Flasky] Subject", message.Subject);
        Assert.Equal("flasky@bücher.example", Assert.Single(message.From.Mailboxes).Address);
        Assert.Equal("susan", Assert.Single(message.To.Mailboxes).Name);
        Assert.Equal("help@example.com", Assert.Single(message.ReplyTo.Mailboxes).Address);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("Hello", message.TextBody);
        Assert.Equal("<p>Hello</p>", message.HtmlBody);
    }

    [Theory]
    [InlineData("susan@example.com\r\nBcc: eve@example.com")]
    [InlineData("not an address")]
    public void AnAddressThatIsNoneDiscardsTheJobWithoutQuotingIt(string address)
    {
        var failure = Assert.Throws<JobDiscardedException>(() => Composer().Compose(Content, "susan", address, MailHost.Job()));
        Assert.DoesNotContain(address, failure.ToString(), StringComparison.Ordinal);
    }

    private static MailComposer Composer(Action<EmailOptions>? change = null)
    {
        var options = new EmailOptions { Sender = "Flasky <flasky@bücher.example>" };
        change?.Invoke(options);
        return new MailComposer(Options.Create(options));
    }
}
