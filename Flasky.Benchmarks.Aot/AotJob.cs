using System.Text.Json.Serialization;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Aot;

[Job("benchmark")]
internal sealed record AotJob(long Sent, string Text) : IJob;

internal sealed class AotHandler : IJobHandler<AotJob>
{
    public Task HandleAsync(AotJob job, JobContext context, CancellationToken cancellationToken) => Task.CompletedTask;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AotJob))]
internal sealed partial class AotJson : JsonSerializerContext;
