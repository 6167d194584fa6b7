namespace Flasky.Jobs;

/// <summary>Which arguments are encrypted. Section <c>Flasky:Jobs:Encryption</c>; the same in every process.</summary>
public sealed class JobEncryptionOptions
{
    /// <summary>Whether every job's arguments are encrypted, not only those of jobs marked <see cref="JobAttribute.Encrypted"/>. Default: false.</summary>
    public bool EncryptsAll { get; set; }

    /// <summary>
    /// Whether a worker also runs a job that had to be encrypted and is not. Default: false: it is kept as dead. Set it for as long as jobs from
    /// before the encryption are in the queues.
    /// </summary>
    public bool AcceptsPlaintext { get; set; }
}
