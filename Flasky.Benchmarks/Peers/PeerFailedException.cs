namespace Flasky.Benchmarks.Peers;

/// <summary>A peer's program could not be installed, failed, or did not end in time.</summary>
internal sealed class PeerFailedException(string message) : Exception(message);
