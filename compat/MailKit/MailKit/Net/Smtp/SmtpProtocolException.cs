namespace MailKit.Net.Smtp;

/// <summary>The server broke off, or its reply is no SMTP.</summary>
public class SmtpProtocolException(string message) : ProtocolException(message);
