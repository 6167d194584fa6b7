namespace Flasky.Jobs.Serialization;

/// <summary>A job's arguments cannot be read, so it is not run. The message is kept with the job, for people.</summary>
/// <param name="isLasting">False: another worker, or this one later, may well read them.</param>
internal sealed class UnreadableJobException(string message, bool isLasting = true, Exception? innerException = null) : Exception(message, innerException)
{
    public bool IsLasting { get; } = isLasting;
}
