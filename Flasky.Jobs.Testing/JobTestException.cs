namespace Flasky.Jobs.Testing;

/// <summary>What a test expected of jobs is not so; the message says what there is instead. Every test framework shows it as a failure.</summary>
public sealed class JobTestException(string message, Exception? innerException = null) : Exception(message, innerException);
