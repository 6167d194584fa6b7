using Flasky.Data.Limits;

namespace Flasky.Web.Api.Limits;

/// <summary>How many requests the API takes. Configuration section <c>Flasky:Api:Limits</c>.</summary>
public sealed class RequestLimitOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "Flasky:Api:Limits";

    /// <summary>What one user reads. Default: 600, then one in 100 ms.</summary>
    public AttemptLimit Read { get; set; } = new() { Burst = 600, Every = TimeSpan.FromMilliseconds(100) };

    /// <summary>What one user writes, changes and deletes. Default: 60, then one a second.</summary>
    public AttemptLimit Write { get; set; } = new() { Burst = 60, Every = TimeSpan.FromSeconds(1) };

    /// <summary>What one client asks for without credentials, or with wrong ones. Default: 120, then one in 500 ms.</summary>
    public AttemptLimit Anonymous { get; set; } = new() { Burst = 120, Every = TimeSpan.FromMilliseconds(500) };

    /// <summary>How long a request waits for Redis, which counts, before this process counts for itself. Default: 100 ms, much longer than it takes.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(100);

    internal bool IsValid => Patience > TimeSpan.Zero && Array.TrueForAll([Read, Write, Anonymous], limit => limit is { IsValid: true });
}
