namespace MailKit.Security;

/// <summary>The server refused the log-in.</summary>
public class AuthenticationException : Exception
{
    public AuthenticationException() : base("Authentication failed.")
    {
    }

    public AuthenticationException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
