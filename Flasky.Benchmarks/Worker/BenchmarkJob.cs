using System.Diagnostics;
using System.Text.Json.Serialization;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Worker;

/// <param name="Sent">The moment it should start, by the machine's monotonic clock, which all processes share. 0: nobody asks.</param>
/// <param name="Text">Fills the arguments up to 300 bytes.</param>
[Job("benchmark")]
internal sealed record BenchmarkJob(long Sent, string Text) : IJob
{
    public const int Bytes = 300;

    private static readonly string Filling = new('x', Bytes - """{"sent":0,"text":""}""".Length);

    public static BenchmarkJob New(long sent = 0) => new(sent, Filling);
}

/// <summary>Does nothing but count, so that what is measured is the queue.</summary>
internal sealed class BenchmarkHandler(Tally tally) : IJobHandler<BenchmarkJob>
{
    public Task HandleAsync(BenchmarkJob job, JobContext context, CancellationToken cancellationToken)
    {
        tally.Add(Stopwatch.GetTimestamp(), job.Sent);
        return Task.CompletedTask;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BenchmarkJob))]
[JsonSerializable(typeof(NotingJob))]
[JsonSerializable(typeof(WorkerReport))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
