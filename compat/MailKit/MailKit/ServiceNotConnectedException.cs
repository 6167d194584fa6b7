namespace MailKit;

/// <summary>The client is not connected.</summary>
public class ServiceNotConnectedException(string message) : InvalidOperationException(message);
