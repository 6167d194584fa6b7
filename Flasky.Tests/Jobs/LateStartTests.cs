using System.Text.Json;
using System.Text.Json.Serialization;
using Flasky.Jobs;
using Flasky.Jobs.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Flasky.Tests.Jobs;

/// <summary>A worker starts nothing whose lease it has not kept, whether or not somebody took it over.</summary>
public sealed class LateStartTests(Servers servers) : JobsTest(servers)
{
    /// <summary>That of the workers of <see cref="JobsHost"/>.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task WhatAStalledWorkerStillHoldsIsLeftToTheNext()
    {
        var clock = new SkippingClock();
        App.Configure = builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            // Between the hand-out and the start the process is stopped for a lease.
            builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.Converters.Add(new NoteReader(() => clock.SkipOnce(Lease))));
        };
        await StartWorkerAsync();
        await App.Queue.EnqueueAsync(new Note("late"), cancellationToken: Cancellation);

        var run = await Runs.NextAsync();

        Assert.Equal((1, 2), (run.Context.Attempt, run.Context.Delivery));
        await WaitUntilSettledAsync();
        Assert.True(Runs.NoneLeft);
    }

    [Fact]
    public async Task ARenewedLeaseHoldsLonger()
    {
        var store = App.Store("worker");
        await store.CreateGroupsAsync();
        await App.Queue.EnqueueAsync(new Note("held"), cancellationToken: Cancellation);
        var time = TimeProvider.System;
        var (held, began) = (new HeldJobs(), time.GetTimestamp());
        var job = Assert.Single(held.Add((await store.LookAsync(1, Enum.GetValues<JobPriority>())).Fetched.Jobs, began));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var lease = TimeSpan.FromMilliseconds(300);
        var guard = new RedisGuard(store, Lease, "default", time, NullLogger.Instance);
        var keeping = new LeaseKeeper("default", store, guard, held, lease, time, NullLogger.Instance).RunAsync(stop.Token);

        while (job.LeaseEnd == began)
            await Task.Delay(5, Cancellation);

        // It is counted from the question, not from the answer.
        Assert.True(time.GetElapsedTime(began, job.LeaseEnd) >= lease);
        Assert.True(time.GetElapsedTime(time.GetTimestamp(), job.LeaseEnd) <= lease);
        await stop.CancelAsync();
        await keeping;
    }

    /// <summary>A clock whose timestamps skip once, as a process sees them that was stopped.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private long skipped;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref skipped);

        public void SkipOnce(TimeSpan by) => Interlocked.CompareExchange(ref skipped, (long)(by.TotalSeconds * TimestampFrequency), 0);
    }

    private sealed class NoteReader(Action onRead) : JsonConverter<Note>
    {
        public override Note Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var json = JsonDocument.ParseValue(ref reader);
            onRead();
            return new Note(json.RootElement.GetProperty("text").GetString()!);
        }

        public override void Write(Utf8JsonWriter writer, Note value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("text", value.Text);
            writer.WriteEndObject();
        }
    }
}
