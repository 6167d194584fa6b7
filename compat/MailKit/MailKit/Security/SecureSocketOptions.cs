namespace MailKit.Security;

/// <summary>When TLS starts.</summary>
public enum SecureSocketOptions
{
    /// <summary>Never.</summary>
    None,

    /// <summary>At once on the port that is meant for it, else when the server offers it.</summary>
    Auto,

    /// <summary>At once.</summary>
    SslOnConnect,

    /// <summary>After STARTTLS; fails if the server does not offer it.</summary>
    StartTls,

    /// <summary>After STARTTLS if the server offers it.</summary>
    StartTlsWhenAvailable,
}
