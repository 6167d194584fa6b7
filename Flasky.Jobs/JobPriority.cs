namespace Flasky.Jobs;

/// <summary>
/// Which ready jobs of a queue are handed out first. No level starves: at least one in sixteen fetches begins with each
/// of the lower ones. The numbers are those on the wire.
/// </summary>
public enum JobPriority
{
    /// <summary>Before all others.</summary>
    Critical = 1,

    /// <summary>Before <see cref="Normal"/>.</summary>
    High = 2,

    /// <summary>The default, and the cheapest.</summary>
    Normal = 3,

    /// <summary>When nothing else is ready.</summary>
    Low = 4,
}
