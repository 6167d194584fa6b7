namespace MailKit;

/// <summary>A server broke off or answered what its protocol does not know; the connection is closed.</summary>
public abstract class ProtocolException : Exception
{
    private protected ProtocolException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
