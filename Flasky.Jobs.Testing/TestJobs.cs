using Flasky.Jobs.Serialization;
using Flasky.Jobs.Testing.Memory;

namespace Flasky.Jobs.Testing;

/// <summary>The jobs of a host under test: what was enqueued, and running it. A singleton of the host; safe for concurrent use.</summary>
public sealed class TestJobs
{
    private readonly MemoryStore store;
    private readonly MemoryWorker worker;
    private readonly MemorySchedule schedule;
    private readonly JobArguments arguments;
    private readonly JobTestingOptions options;

    internal TestJobs(MemoryStore store, MemoryWorker worker, MemorySchedule schedule, JobArguments arguments, JobTestingOptions options) =>
        (this.store, this.worker, this.schedule, this.arguments, this.options) = (store, worker, schedule, arguments, options);

    /// <summary>Whether enqueues fail with <see cref="JobQueueUnavailableException"/>, as while Redis is away. Default: false.</summary>
    public bool IsDown
    {
        get => store.IsDown;
        set => store.IsDown = value;
    }

    /// <summary>How often jobs were handed in, one or many at a time, taken or not.</summary>
    public int Sends => store.Sends;

    /// <summary>
    /// How many jobs were sent again with an id that the queue knew. It takes no notice of them, here and in production; whoever sends from an outbox
    /// may want to know that there are none.
    /// </summary>
    public int Repeats => store.Repeats;

    /// <summary>
    /// What was enqueued so far, in its order: new jobs only, so not what was debounced into another, nor what was sent again or had to be unique
    /// and was not.
    /// </summary>
    public IReadOnlyList<EnqueuedJob> Enqueued => [.. store.Enqueued.Select(envelope => new EnqueuedJob(envelope, arguments.Open(envelope)))];

    /// <summary>The jobs of one type among <see cref="Enqueued"/>.</summary>
    public IReadOnlyList<EnqueuedJob<TJob>> EnqueuedOf<TJob>() where TJob : IJob =>
        [.. store.Enqueued.Where(envelope => envelope.Name == JobNames<TJob>.Description.WireName)
            .Select(envelope => new EnqueuedJob<TJob>(envelope, arguments.Open(envelope), arguments.Read<TJob>(envelope)))];

    /// <summary>Forgets what was enqueued; jobs that wait stay where they are.</summary>
    public void Forget() => store.Forget();

    /// <summary>Waits until what was enqueued is as expected: for code that enqueues in the background.</summary>
    /// <param name="isEnough">Asked now and after every change.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">It did not come to that in time.</exception>
    public async Task WaitUntilAsync(Func<TestJobs, bool> isEnough, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isEnough);
        while (store.Changed is var changed && !isEnough(this))
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs what is due now, one job after the other by priority and age, with what it enqueues and the ticks of recurring jobs, until nothing is due.
    /// Queues that the host has no handlers for are left alone.
    /// </summary>
    /// <returns>Each run, in order.</returns>
    /// <exception cref="JobTestException">There is no end of it: more than <see cref="JobTestingOptions.MaxRuns"/> runs.</exception>
    /// <exception cref="InvalidOperationException">The host has no handlers, or jobs are only recorded.</exception>
    public async Task<IReadOnlyList<JobRun>> RunAllAsync(CancellationToken cancellationToken = default)
    {
        CheckMode();
        var runs = new List<JobRun>();
        await RunDueAsync(runs, cancellationToken).ConfigureAwait(false);
        return runs;
    }

    /// <summary>
    /// Lives through a time: runs what is due, moves the clock to the next job, attempt or tick, runs that, and so on, until the clock has moved by
    /// <paramref name="by"/>.
    /// </summary>
    /// <inheritdoc cref="RunAllAsync"/>
    /// <exception cref="InvalidOperationException">There is no <see cref="JobTestingOptions.Clock"/>, the host has no handlers, or jobs are only recorded.</exception>
    public async Task<IReadOnlyList<JobRun>> AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        CheckMode();
        var clock = options.Clock ?? throw new InvalidOperationException("There is no clock to move. Set JobTestingOptions.Clock = new ManualClock().");
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var (end, runs) = (clock.GetUtcNow() + by, new List<JobRun>());
        while (true)
        {
            var untilTick = await RunDueAsync(runs, cancellationToken).ConfigureAwait(false);
            if (clock.GetUtcNow() >= end)
                return runs;
            var (due, tick) = (store.NextDue(worker.Served), clock.GetUtcNow() + untilTick);
            clock.AdvanceTo(new[] { due ?? end, tick ?? end, end }.Min());
        }
    }

    /// <summary>What a job would be enqueued as.</summary>
    internal (string Name, string Arguments) Describe(IJob job) => (JobNames.Of(job).Name, arguments.Write(job));

    private void CheckMode()
    {
        if (options.Mode == JobTestingMode.Record)
            throw new InvalidOperationException("Jobs are only recorded. To run them, choose JobTestingMode.Drain or JobTestingMode.Inline.");
    }

    /// <returns>Until the next tick of a recurring job.</returns>
    private async Task<TimeSpan?> RunDueAsync(List<JobRun> runs, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var untilTick = await schedule.LookAsync().ConfigureAwait(false);
            if (await worker.RunNextAsync().ConfigureAwait(false) is not { } run)
                return untilTick;
            // What carries workflows on is nobody's business, unless it fails.
            if (run is { IsReport: true, State: JobState.Succeeded })
                continue;
            runs.Add(run);
            if (runs.Count >= options.MaxRuns)
                throw new JobTestException($"There is no end of jobs after {runs.Count:N0} runs, the last one {run}. Does a job enqueue itself, or snooze for no time? If this is right, raise JobTestingOptions.MaxRuns.");
        }
    }
}
