using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Context;

[Job("test.look")]
public sealed record Look(bool EnqueuesAnother = false) : IJob;

/// <summary>What a handler saw around it.</summary>
public sealed record Sighting(
    JobContext Context, JobContext? Ambient, string Culture, string TextCulture, string? Tenant, string? Plan, string? Region, string? Trace);

/// <summary>What handlers saw, in order, for tests to wait on; and what they do besides.</summary>
public sealed class Sightings
{
    private readonly Channel<Sighting> seen = Channel.CreateUnbounded<Sighting>();

    public Func<Task> Behaviour { get; set; } = () => Task.CompletedTask;

    public void Add(Sighting sighting) => seen.Writer.TryWrite(sighting);

    public bool NoneLeft => !seen.Reader.TryPeek(out _);

    public async Task<Sighting> NextAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        return await seen.Reader.ReadAsync(timeout.Token);
    }
}

public sealed class LookHandler(Sightings sightings, IJobContextAccessor accessor, IJobQueue queue) : IJobHandler<Look>
{
    public async Task HandleAsync(Look job, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        sightings.Add(new Sighting(
            context, accessor.JobContext, CultureInfo.CurrentCulture.Name, CultureInfo.CurrentUICulture.Name,
            Activity.Current?.GetBaggageItem("tenant"), Activity.Current?.GetBaggageItem("plan"), Region.Current, Activity.Current?.TraceId.ToString()));
        await sightings.Behaviour();
        if (job.EnqueuesAnother)
            await queue.EnqueueAsync(new Look(), cancellationToken: cancellationToken);
    }
}

public static class SightingsExtensions
{
    public static void Look(this JobWorkerBuilder worker, Sightings sightings)
    {
        worker.Services.AddSingleton(sightings);
        worker.Handle<Look, LookHandler>();
    }
}
