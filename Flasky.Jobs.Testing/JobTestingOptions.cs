namespace Flasky.Jobs.Testing;

/// <summary>How jobs behave in a test.</summary>
public sealed class JobTestingOptions
{
    /// <summary>What becomes of jobs. Default: <see cref="JobTestingMode.Record"/>.</summary>
    public JobTestingMode Mode { get; set; } = JobTestingMode.Record;

    /// <summary>
    /// In <see cref="JobTestingMode.Inline"/>, whether the enqueue of a job whose handler throws throws a <see cref="JobTestException"/> with the
    /// handler's exception inside. Default: true. False: the job is retried or dead, as in production, and the enqueue returns its id.
    /// </summary>
    public bool ThrowsHandlerErrors { get; set; } = true;

    /// <summary>The clock of the whole host under test. Null: the one it has. <see cref="TestJobs.AdvanceAsync"/> needs one.</summary>
    public ManualClock? Clock { get; set; }

    /// <summary>The most runs of one <see cref="TestJobs.RunAllAsync"/>, and how deep inline runs may nest, before it is called an endless loop. Default: 1,000.</summary>
    public int MaxRuns { get; set; } = 1000;

    internal Action<JobWorkerBuilder>? Handlers { get; private set; }

    /// <summary>
    /// Says what runs jobs where the host under test has no worker: a web application whose jobs run in another process. Replaces the handlers of
    /// a host that has one.
    /// </summary>
    /// <example><code>testing.Handle(worker => worker.Handle&lt;ConfirmAccount, ConfirmAccountHandler&gt;());</code></example>
    public void Handle(Action<JobWorkerBuilder> handlers) => Handlers = handlers;
}
