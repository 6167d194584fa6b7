namespace MailKit.Net.Smtp;

/// <summary>What a server refused.</summary>
public enum SmtpErrorCode
{
    MessageNotAccepted,
    SenderNotAccepted,
    RecipientNotAccepted,
    UnexpectedStatusCode,
}
