namespace Flasky.Jobs;

/// <summary>
/// Gives a job type its wire name: what Redis, logs, metrics and other versions of the program know it by.
/// It never changes with the CLR name, so renaming or moving the type does not break queued jobs.
/// </summary>
/// <param name="name">Lower-case words joined by dots and dashes, unique in the application, for example <c>mail.confirm-account</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class JobAttribute(string name) : Attribute
{
    /// <summary>The wire name.</summary>
    public string Name { get; } = name;

    /// <summary>The queue that <see cref="EnqueueOptions.Queue"/> overrides. Default: <c>default</c>.</summary>
    public string Queue { get; init; } = "default";

    /// <summary>
    /// The version of the arguments. Default: 1. Raise it when queued jobs of the old shape could no longer be read, and say in the worker
    /// how to lift them: <see cref="JobWorkerBuilder.Upcast"/>.
    /// </summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether the arguments are stored encrypted, in Redis and in an outbox. Default: false. Needs an <see cref="IJobPayloadProtector"/> in every process that enqueues or runs the job.</summary>
    public bool Encrypted { get; init; }

    /// <summary>
    /// Whether all jobs of this type count together, so that <see cref="LimitScope.Job{TJob}"/> can limit how many run at once or how
    /// often one starts; until such a limit is set, any number may. Costs Redis about ten commands a job. Default: false.
    /// </summary>
    public bool Limited { get; init; }

    /// <summary>The priority that <see cref="EnqueueOptions.Priority"/> overrides. Default: normal.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>
    /// Whether state, progress and history of each such job can be read from any process, until
    /// <see cref="FlaskyJobsOptions.TrackedFor"/> after its end. Costs Redis about 1 KB and six commands a job. Default: false;
    /// jobs with a result are always tracked.
    /// </summary>
    public bool Tracked { get; init; }
}
