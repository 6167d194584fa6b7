using System.Text;
using System.Text.Json;
using Flasky.Jobs.Encryption;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Testing.Memory;

/// <summary>Reads arguments back from what is enqueued.</summary>
internal sealed class JobArguments(IOptions<JobJsonOptions> json, JobEncryption encryption)
{
    private readonly JsonSerializerOptions options = json.Value.SerializerOptions;

    /// <summary>The arguments as JSON, decrypted.</summary>
    public string Open(JobEnvelope envelope) => Encoding.UTF8.GetString(
        encryption.Open(Encoding.UTF8.GetBytes(envelope.Arguments), envelope.Id.Queue, JobWireName.Parse(envelope.Name).Name, marked: false));

    public string Write(IJob job) => JsonSerializer.Serialize(job, options.GetTypeInfo(job.GetType()));

    public TJob Read<TJob>(JobEnvelope envelope) where TJob : IJob => (TJob)JsonSerializer.Deserialize(Open(envelope), options.GetTypeInfo(typeof(TJob)))!;

    /// <summary>Whether a handler would get what was enqueued.</summary>
    /// <exception cref="JobTestException">It would not.</exception>
    public void CheckRoundTrip(IJob job, JobEnvelope envelope)
    {
        var type = options.GetTypeInfo(job.GetType());
        var written = Open(envelope);
        string again;
        try
        {
            again = JsonSerializer.Serialize(JsonSerializer.Deserialize(written, type), type);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new JobTestException($"The job '{envelope.Name}' can be written as JSON but not read again, so a worker would keep it as dead: {e.Message} Written: {written}", e);
        }
        if (again != written)
            throw new JobTestException($"The job '{envelope.Name}' does not survive JSON, so its handler would get something else.{Environment.NewLine}  Enqueued: {written}{Environment.NewLine}  Handled:  {again}");
    }
}
