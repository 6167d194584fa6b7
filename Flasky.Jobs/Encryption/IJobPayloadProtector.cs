namespace Flasky.Jobs;

/// <summary>
/// Encrypts and authenticates job arguments. Register one as a singleton in every process that enqueues or runs encrypted jobs;
/// Flasky.Jobs.AspNetCore has one on ASP.NET Core Data Protection. Safe for concurrent use.
/// </summary>
public interface IJobPayloadProtector
{
    /// <summary>Encrypts.</summary>
    /// <param name="payload">The arguments as UTF-8 JSON.</param>
    /// <param name="purpose">What may be read with the same purpose only: the queue and the job's name, as in <c>mail/mail.newsletter</c>.</param>
    byte[] Protect(byte[] payload, string purpose);

    /// <summary>Decrypts.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It never will: the key is gone, the purpose is another, or the payload was tampered with. The job is kept as dead. After any other exception it is tried again, without an attempt spent.</exception>
    byte[] Unprotect(byte[] payload, string purpose);
}
