namespace Flasky.Jobs.CommandLine;

/// <summary>The arguments make no sense together. The message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
