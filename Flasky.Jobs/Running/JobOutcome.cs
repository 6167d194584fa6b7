using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Running;

/// <summary>How a run ended.</summary>
/// <param name="Settlement">What is to be recorded; null if there is nothing but that the job succeeded.</param>
/// <param name="IsAbandoned">The worker is stopping or the lease is lost: nothing is recorded, another worker runs the job.</param>
internal readonly record struct JobOutcome(Settlement? Settlement, bool IsAbandoned = false)
{
    public static readonly JobOutcome Succeeded = new(null);
    public static readonly JobOutcome Abandoned = new(null, IsAbandoned: true);
}
