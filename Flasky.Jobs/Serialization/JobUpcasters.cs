using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flasky.Jobs.Running;

namespace Flasky.Jobs.Serialization;

/// <summary>The steps from each version of a job's arguments to the next. Filled while the host is built, read-only afterwards.</summary>
internal sealed class JobUpcasters
{
    private readonly Dictionary<(string Job, int From), Func<JsonObject, JsonObject>> steps = [];

    public void Add(string job, int from, Func<JsonObject, JsonObject> upcast)
    {
        if (!steps.TryAdd((job, from), upcast))
            throw new InvalidOperationException($"Two upcasters are registered for version {from} of the job '{job}'.");
    }

    /// <exception cref="InvalidOperationException">One of them serves no version of any handled job.</exception>
    public void Check(JobRegistry registry)
    {
        foreach (var (job, from) in steps.Keys)
        {
            if (registry.Find(job) is not { } registration)
                throw new InvalidOperationException($"An upcaster is registered for the job '{job}', which this worker does not handle.");
            if (from < 1 || from >= registration.Version)
                throw new InvalidOperationException($"An upcaster is registered from version {from} of the job '{job}', whose version is {registration.Version}. Raise [Job(Version = ...)].");
        }
    }

    /// <summary>Lifts arguments to the version that the handler takes.</summary>
    /// <exception cref="UnreadableJobException">A step is missing or fails.</exception>
    public byte[] Apply(string job, int from, int to, ReadOnlySpan<byte> arguments)
    {
        var json = Parse(job, from, arguments);
        for (var version = from; version < to; version++)
        {
            if (!steps.TryGetValue((job, version), out var upcast))
                throw new UnreadableJobException($"The job '{job}' has version {from}, the handler takes version {to}, and no upcaster leads from {version} to {version + 1}.");
            try
            {
                json = upcast(json) ?? throw new InvalidOperationException("It returned null.");
            }
            catch (Exception e)
            {
                throw new UnreadableJobException($"The upcaster of job '{job}' from version {version} failed: {e.Message}", innerException: e);
            }
        }
        return Encoding.UTF8.GetBytes(json.ToJsonString());
    }

    private static JsonObject Parse(string job, int from, ReadOnlySpan<byte> arguments)
    {
        try
        {
            return JsonNode.Parse(arguments) as JsonObject
                ?? throw new UnreadableJobException($"The arguments of job '{job}', version {from}, are no JSON object, so they cannot be upcast.");
        }
        catch (JsonException e)
        {
            throw new UnreadableJobException($"The arguments of job '{job}', version {from}, are no JSON: {e.Message}", innerException: e);
        }
    }
}
