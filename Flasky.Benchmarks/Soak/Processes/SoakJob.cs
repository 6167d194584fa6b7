using System.Text.Json.Serialization;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Soak.Processes;

/// <param name="Number">Which job it is; <see cref="JobPlan"/> says what it does.</param>
/// <param name="Due">Must not start before this time of <see cref="MachineClock"/>, in ticks.</param>
[Job("soak")]
internal sealed record SoakJob(int Number, long Due) : IJob;

/// <summary>Does what the job's plan says and records it.</summary>
internal sealed class SoakHandler(RunLog log, SoakSeed seed) : IJobHandler<SoakJob>
{
    public async Task HandleAsync(SoakJob job, JobContext context, CancellationToken cancellationToken)
    {
        var run = log.Start(job, context);
        var plan = JobPlan.Of(seed.Value, job.Number);
        if (plan.Work > TimeSpan.Zero)
        {
            try
            {
                await Task.Delay(plan.Work, plan.Kind is JobKind.Stubborn or JobKind.Marathon ? CancellationToken.None : cancellationToken);
            }
            catch (OperationCanceledException)
            {
                log.End(run, RunEnd.Stopped);
                throw;
            }
        }
        var end = plan.Kind is JobKind.Discarded ? RunEnd.Discarded : context.Attempt <= plan.Failures ? RunEnd.Failed : RunEnd.Succeeded;
        log.End(run, end);
        switch (end)
        {
            case RunEnd.Discarded:
                throw new JobDiscardedException("The plan says so.");
            case RunEnd.Failed:
                throw new InvalidOperationException("The plan says so.");
        }
    }
}

/// <param name="Value">Of the whole run.</param>
internal sealed record SoakSeed(int Value);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SoakJob))]
internal sealed partial class SoakJson : JsonSerializerContext;
