namespace Flasky.Web.Security;

/// <summary>
/// Holds an answer back until a round time has passed since the request's page was made, so that how long it took does not tell
/// whether an address has an account. One a request.
/// </summary>
public sealed class EvenTime(TimeProvider time)
{
    /// <summary>
    /// Answers come after a multiple of it. Long enough for a password's hash and a few statements, short enough not to be
    /// felt; work that takes longer is rounded up to the next.
    /// </summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly long started = time.GetTimestamp();

    /// <summary>Waits for the next round time.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var over = time.GetElapsedTime(started).Ticks % Step.Ticks;
        return Task.Delay(TimeSpan.FromTicks(Step.Ticks - over), time, cancellationToken);
    }
}
