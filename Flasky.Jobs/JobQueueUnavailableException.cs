namespace Flasky.Jobs;

/// <summary>Redis could not be reached, or did not answer in time. Whether the jobs arrived is unknown; sending the same envelopes again is safe.</summary>
public sealed class JobQueueUnavailableException(string message, Exception innerException) : Exception(message, innerException);
