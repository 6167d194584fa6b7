namespace MailKit.Security;

/// <summary>TLS could not be started: the certificate was not accepted, or the server speaks no TLS there.</summary>
public class SslHandshakeException(string message, Exception innerException) : Exception(message, innerException);
