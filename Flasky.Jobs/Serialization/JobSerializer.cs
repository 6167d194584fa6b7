using System.Text;
using System.Text.Json;
using Flasky.Jobs.Encryption;
using Flasky.Jobs.Running;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Serialization;

/// <summary>
/// A job's arguments between the type and what is stored. Written: JSON, encrypted where asked for, measured. Read: decrypted,
/// lifted to the handler's version, decoded. A singleton; safe for concurrent use.
/// </summary>
/// <param name="upcasters">Null: this process runs no jobs.</param>
internal sealed class JobSerializer(
    IOptions<JobJsonOptions> json, IOptions<FlaskyJobsOptions> options, JobEncryption encryption, JobUpcasters? upcasters = null)
{
    private readonly JsonSerializerOptions serializer = json.Value.SerializerOptions;
    private readonly int maxBytes = options.Value.MaxArgumentsBytes;

    /// <exception cref="NotSupportedException">A type in the arguments cannot be written, for example one that its hierarchy does not name.</exception>
    public string ToJson(IJob job) => JsonSerializer.Serialize(job, serializer.GetTypeInfo(job.GetType()));

    /// <summary>What of the arguments is stored.</summary>
    /// <exception cref="ArgumentException">The arguments are too large.</exception>
    /// <exception cref="InvalidOperationException">They must be encrypted, and this process cannot.</exception>
    public string Seal(string arguments, JobDescription job, string queue)
    {
        var stored = encryption.IsRequired(job.Encrypted) ? encryption.Protect(arguments, queue, job.Name) : arguments;
        CheckSize(stored, job.Name, nameof(job));
        return stored;
    }

    /// <param name="registration">The job's, by its name.</param>
    /// <param name="version">The one it was written as.</param>
    /// <param name="queue">The one it was read from.</param>
    /// <param name="stored">The arguments as they were stored.</param>
    /// <exception cref="UnreadableJobException">They cannot be read, whatever is wrong with them.</exception>
    public IJob Read(JobRegistration registration, int version, string queue, ReadOnlySpan<byte> stored)
    {
        if (version > registration.Version)
        {
            // During a deployment old and new workers share the queue, and this is an old one.
            throw new UnreadableJobException(
                $"The job '{registration.Name}' has version {version}; this worker knows {registration.Version} at most.", isLasting: false);
        }
        var arguments = registration.IsOwn ? stored : encryption.Open(stored, queue, registration.Name, registration.Encrypted);
        if (version < registration.Version)
            arguments = (upcasters ?? new JobUpcasters()).Apply(registration.Name, version, registration.Version, arguments);
        try
        {
            return registration.Decode(arguments, serializer);
        }
        // Whatever a converter or a constructor throws: reading the same bytes again gives the same.
        catch (Exception e)
        {
            throw new UnreadableJobException($"The arguments of job '{registration.Name}' cannot be read: {e.Message}", innerException: e);
        }
    }

    /// <summary>The results of a workflow's jobs are handed on inside of Redis, so they are as small as arguments.</summary>
    /// <exception cref="JobDiscardedException">The result is too large; it would be again.</exception>
    public string CheckResult(string result, DecodedJob job) => job.Directives.Workflow is null || Encoding.UTF8.GetByteCount(result) is var bytes && bytes <= maxBytes
        ? result
        : throw new JobDiscardedException(
            $"The result takes {bytes:N0} bytes of JSON; in a workflow the most is {maxBytes:N0} (Flasky:Jobs:MaxArgumentsBytes). Store the data and return its key.");

    private void CheckSize(string text, string name, string parameter)
    {
        // No character takes more than three bytes per UTF-16 unit, so most jobs need no count.
        if (text.Length > maxBytes / 3 && Encoding.UTF8.GetByteCount(text) is var bytes && bytes > maxBytes)
        {
            throw new ArgumentException(
                $"The arguments of job '{name}' take {bytes:N0} bytes of JSON; the most is {maxBytes:N0} (Flasky:Jobs:MaxArgumentsBytes). Store the data and pass its key.", parameter);
        }
    }
}
