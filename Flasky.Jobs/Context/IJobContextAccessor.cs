namespace Flasky.Jobs;

/// <summary>
/// The job that is running, for services that a handler calls and that do not get its <see cref="JobContext"/> handed in. A singleton;
/// every flow of execution sees its own job.
/// </summary>
public interface IJobContextAccessor
{
    /// <summary>The job whose handler this code was called by. Null: by none, or it has ended.</summary>
    JobContext? JobContext { get; }
}
