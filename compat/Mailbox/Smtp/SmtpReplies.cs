namespace Flasky.Mailbox.Smtp;

/// <summary>The replies, with their enhanced status codes (RFC 3463).</summary>
internal static class SmtpReplies
{
    public const int Unavailable = 421;

    public const string Ok = "250 2.0.0 Ok";
    public const string SenderOk = "250 2.1.0 Sender ok";
    public const string RecipientOk = "250 2.1.5 Recipient ok";
    public const string StartContent = "354 Send the message, end with <CRLF>.<CRLF>";
    public const string Bye = "221 2.0.0 Bye";
    public const string CannotVerify = "252 2.1.5 Send the message, then we shall see";
    public const string Help = "214 2.0.0 EHLO HELO AUTH MAIL RCPT DATA RSET NOOP VRFY HELP QUIT";

    public const string Stopping = "421 4.3.2 The server is stopping";
    public const string TimedOut = "421 4.4.2 Waited too long";
    public const string NoRoom = "452 4.3.1 Too much at once, try again later";
    public const string TooManyRecipients = "452 4.5.3 Too many recipients";

    public const string LineTooLong = "500 5.5.6 Line too long";
    public const string BareLineFeed = "500 5.5.2 A line ends with CR LF, and has no CR or LF within";
    public const string Unknown = "500 5.5.2 Unknown command";
    public const string Syntax = "501 5.5.4 Syntax error in the arguments";
    public const string NotImplemented = "502 5.5.1 Command not implemented";
    public const string BadParameter = "555 5.5.4 Unknown or wrong parameter";
    public const string BadSender = "501 5.1.7 That is not an address";
    public const string BadRecipient = "501 5.1.3 That is not an address";
    public const string NeedsSmtpUtf8 = "553 5.6.7 This address needs SMTPUTF8";
    public const string TooLarge = "552 5.3.4 The message is too large";

    public const string HelloFirst = "503 5.5.1 EHLO or HELO first";
    public const string MailFirst = "503 5.5.1 MAIL first";
    public const string RecipientFirst = "503 5.5.1 No recipient yet";
    public const string MailAlready = "503 5.5.1 A message has been begun already";

    public const string AuthOk = "235 2.7.0 Welcome";
    public const string AuthRequired = "530 5.7.0 AUTH first";
    public const string AuthAlready = "503 5.5.1 Authenticated already";
    public const string AuthCancelled = "501 5.7.0 AUTH cancelled";
    public const string AuthMalformed = "501 5.5.2 The credentials cannot be read";
    public const string AuthUnknown = "504 5.5.4 Only PLAIN and LOGIN";
    public const string AuthRefused = "535 5.7.8 Wrong user name or password";
}
