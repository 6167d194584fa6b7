namespace Flasky.Mailbox.Smtp;

/// <summary>A transaction's sender and recipients. Immutable, so other threads may look at it at any time.</summary>
internal sealed record Envelope(string Sender, bool SmtpUtf8, string[] Recipients)
{
    public Envelope With(string recipient) => this with { Recipients = [.. Recipients, recipient] };
}
