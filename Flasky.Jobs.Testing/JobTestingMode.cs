namespace Flasky.Jobs.Testing;

/// <summary>What becomes of jobs in a test.</summary>
public enum JobTestingMode
{
    /// <summary>They are recorded and nothing runs: for tests of what enqueues. The default.</summary>
    Record,

    /// <summary>Each runs during its enqueue, which returns when it is through. One with a delay, and one that waits for another attempt, waits for <see cref="TestJobs.RunAllAsync"/> or <see cref="TestJobs.AdvanceAsync"/>.</summary>
    Inline,

    /// <summary>They wait in memory until <see cref="TestJobs.RunAllAsync"/> or <see cref="TestJobs.AdvanceAsync"/>.</summary>
    Drain,
}
