namespace Flasky.Jobs.Redis;

/// <summary>Waits for Redis no longer than its caller has time, and says in the library's own words that it did not answer.</summary>
internal static class RedisAnswers
{
    /// <exception cref="JobQueueUnavailableException">There was no answer within <paramref name="patience"/>.</exception>
    public static async Task<T> AnsweredAsync<T>(this Task<T> call, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await call.WaitAsync(patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e.IsOutage(cancellationToken))
        {
            throw new JobQueueUnavailableException($"Redis did not answer: {e.Message}", e);
        }
    }
}
