using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Flasky.Jobs;
using Flasky.Tests.Jobs.Operations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Jobs;

/// <summary>Who takes jobs over says whether a worker was lost, in its log and its metrics.</summary>
public sealed class TakeOverTests(Servers servers) : JobsTest(servers)
{
    /// <summary>Of this test's own, for a meter is one of the whole process.</summary>
    private readonly string queue = $"taken-{Guid.NewGuid():N}";

    [Fact]
    public async Task WhatWasHandedBackIsNoLoss()
    {
        using var losses = new Losses(queue);
        var first = new Runs { Behaviour = (_, token) => Task.Delay(Timeout.Infinite, token) };
        var stopped = await StartAsync(first, new Warnings(), TimeSpan.FromMinutes(5));
        await EnqueueAsync();
        await first.NextAsync();
        var warnings = new Warnings();
        await StartAsync(Runs, warnings, TimeSpan.FromMinutes(5));

        await stopped.StopAsync(Cancellation);
        await Runs.NextAsync();

        Assert.Empty(warnings.Heard());
        Assert.Empty(losses.Counted);
    }

    [Fact]
    public async Task WhatADeadWorkerHeldIsOne()
    {
        using var losses = new Losses(queue);
        var dead = App.Store("dead", queue);
        await dead.CreateGroupsAsync();
        await EnqueueAsync();
        Assert.Single((await dead.LookAsync(10, Enum.GetValues<JobPriority>())).Fetched.Jobs);

        var warnings = new Warnings();
        await StartAsync(Runs, warnings, TimeSpan.FromSeconds(1));
        await Runs.NextAsync();

        Assert.Contains(warnings.Heard(), line => line == $"Queue {queue}: took over 1 job(s) whose worker died or was silent for longer than its lease");
        Assert.Equal([1], losses.Counted);
    }

    private Task<JobId> EnqueueAsync() => App.Queue.EnqueueAsync(new Note("moves"), new EnqueueOptions { Queue = queue }, Cancellation);

    private Task<IHost> StartAsync(Runs runs, Warnings warnings, TimeSpan lease)
    {
        App.Configure = builder => builder.Logging.AddProvider(warnings);
        return App.StartWorkerAsync(
            worker =>
            {
                worker.Services.AddSingleton(runs).AddScoped<ScopeMarker>();
                worker.Handle<Note, NoteHandler>().Queue(queue).Configure(options => options.Lease = lease);
            }, TimeSpan.FromSeconds(1));
    }

    /// <summary>Listens to how many leases were lost in a queue.</summary>
    private sealed class Losses : IDisposable
    {
        private readonly MeterListener listener = new();

        public Losses(string queue)
        {
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "flasky.jobs.leases.lost")
                    listening.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            {
                if (tags.ToArray().Contains(new("messaging.destination.name", queue)))
                    Counted.Enqueue(count);
            });
            listener.Start();
        }

        public ConcurrentQueue<long> Counted { get; } = [];

        public void Dispose() => listener.Dispose();
    }
}
