namespace Flasky.Worker.Mail;

/// <summary>A connection while one sender uses it; disposing gives it back to the pool.</summary>
internal sealed class SmtpLease(SmtpConnectionPool pool, SmtpConnection connection, bool isReused) : IDisposable
{
    internal SmtpConnection Connection { get; } = connection;

    /// <summary>Whether it was opened for an earlier message, so that the server may have closed it since.</summary>
    internal bool IsReused { get; } = isReused;

    public void Dispose() => pool.Return(Connection);
}
