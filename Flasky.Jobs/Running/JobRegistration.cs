using System.Text.Json;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs.Running;

/// <summary>What the worker does with jobs of one wire name. A name that is not registered is never turned into a type.</summary>
internal abstract class JobRegistration(string name, string queue, int version, bool encrypted)
{
    public string Name { get; } = name;
    public string Queue { get; } = queue;

    /// <summary>The version of the arguments that the handler takes.</summary>
    public int Version { get; } = version;

    /// <summary>Whether the job type asks for encrypted arguments.</summary>
    public bool Encrypted { get; } = encrypted;

    /// <exception cref="JsonException">The arguments are not JSON of the registered type.</exception>
    public abstract IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options);

    public abstract Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken);
}

internal sealed class JobRegistration<TJob, THandler>()
    : JobRegistration(JobNames<TJob>.Name, JobNames<TJob>.Queue, JobNames<TJob>.Version, JobNames<TJob>.Encrypted)
    where TJob : IJob
    where THandler : class, IJobHandler<TJob>
{
    public override IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options) =>
        (IJob?)JsonSerializer.Deserialize(arguments, options.GetTypeInfo(typeof(TJob)))
            ?? throw new JsonException($"The arguments of job '{Name}' are null.");

    public override Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken) =>
        scope.GetRequiredService<THandler>().HandleAsync((TJob)job, context, cancellationToken);
}
