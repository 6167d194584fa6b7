namespace MailKit.Net.Smtp;

/// <summary>The extensions a server offers.</summary>
[Flags]
public enum SmtpCapabilities : uint
{
    None = 0,
    Size = 1 << 0,
    EnhancedStatusCodes = 1 << 2,
    Authentication = 1 << 3,
    EightBitMime = 1 << 4,
    Pipelining = 1 << 5,
    StartTLS = 1 << 8,
    UTF8 = 1 << 9,
}
