using StackExchange.Redis;

namespace Flasky.Jobs.Redis;

/// <summary>What calls throw while Redis is away.</summary>
internal static class RedisOutage
{
    /// <param name="error">What a call threw.</param>
    /// <param name="cancellation">
    /// The caller's own. A cancellation that it did not ask for is the client's, which gives up the commands of a connection that breaks while
    /// they are written.
    /// </param>
    public static bool IsOutage(this Exception error, CancellationToken cancellation = default) =>
        error is RedisException or TimeoutException || (error is OperationCanceledException && !cancellation.IsCancellationRequested);
}
