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

    /// <summary>The priority that <see cref="EnqueueOptions.Priority"/> overrides. Default: normal.</summary>
    public JobPriority Priority { get; init; } = JobPriority.Normal;

    /// <summary>
    /// Whether state, progress and history of each such job can be read from any process, until
    /// <see cref="FlaskyJobsOptions.TrackedFor"/> after its end. Costs Redis about 1 KB and six commands a job. Default: false;
    /// jobs with a result are always tracked.
    /// </summary>
    public bool Tracked { get; init; }
}
