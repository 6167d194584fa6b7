namespace MailKit;

/// <summary>The server asks the client to log in first.</summary>
public class ServiceNotAuthenticatedException(string message) : InvalidOperationException(message);
