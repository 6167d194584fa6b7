namespace MailKit;

/// <summary>A server refused a command; the connection can still be used.</summary>
public abstract class CommandException : Exception
{
    private protected CommandException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
