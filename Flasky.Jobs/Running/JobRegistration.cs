using System.Text.Json;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs.Running;

/// <summary>What the worker does with jobs of one wire name. A name that is not registered is never turned into a type.</summary>
internal abstract class JobRegistration(JobDescription description, JobHandlerOptions options)
{
    public string Name => description.Name;
    public string Queue => description.Queue;
    public JobHandlerOptions Options => options;

    /// <summary>The version of the arguments that the handler takes.</summary>
    public int Version => description.Version;

    /// <summary>Whether the job type asks for encrypted arguments.</summary>
    public bool Encrypted => description.Encrypted;

    /// <summary>Whether the queue itself enqueues such jobs: every worker runs them, and their arguments are never encrypted.</summary>
    public virtual bool IsOwn => false;

    /// <exception cref="JsonException">The arguments are not JSON of the registered type.</exception>
    public abstract IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options);

    /// <summary>Runs the handler.</summary>
    /// <returns>A task that <see cref="ResultOfAsync"/> understands.</returns>
    public abstract Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken);

    /// <summary>The result, as JSON, of a task that ended well; empty if there is none.</summary>
    public virtual ValueTask<string> ResultOfAsync(Task handled, JsonSerializerOptions options) => new("");

    protected TJob Decode<TJob>(ReadOnlySpan<byte> arguments, JsonSerializerOptions options) where TJob : IJob =>
        (TJob?)JsonSerializer.Deserialize(arguments, options.GetTypeInfo(typeof(TJob)))
            ?? throw new JsonException($"The arguments of job '{Name}' are null.");
}

internal sealed class JobRegistration<TJob, THandler>(JobHandlerOptions options) : JobRegistration(JobNames<TJob>.Description, options)
    where TJob : IJob
    where THandler : class, IJobHandler<TJob>
{
    public override IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options) => Decode<TJob>(arguments, options);

    public override Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken) =>
        scope.GetRequiredService<THandler>().HandleAsync((TJob)job, context, cancellationToken);
}

internal sealed class JobRegistration<TJob, TResult, THandler>(JobHandlerOptions options) : JobRegistration(JobNames<TJob>.Description, options)
    where TJob : IJob<TResult>
    where THandler : class, IJobHandler<TJob, TResult>
{
    public override IJob Decode(ReadOnlySpan<byte> arguments, JsonSerializerOptions options) => Decode<TJob>(arguments, options);

    public override Task HandleAsync(IServiceProvider scope, IJob job, JobContext context, CancellationToken cancellationToken) =>
        scope.GetRequiredService<THandler>().HandleAsync((TJob)job, context, cancellationToken);

    public override async ValueTask<string> ResultOfAsync(Task handled, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(await ((Task<TResult>)handled).ConfigureAwait(false), options.GetTypeInfo(typeof(TResult)));
}
