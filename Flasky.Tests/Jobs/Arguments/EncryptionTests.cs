using System.Text.Json;
using Flasky.Jobs;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Flasky.Tests.Jobs.Arguments;

public sealed class EncryptionTests : JobsTest
{
    [Job("test.secret", Encrypted = true)]
    public sealed record Secret(string Text) : IJob;

    [Job("test.other-secret", Encrypted = true)]
    public sealed record OtherSecret(string Text) : IJob;

    private readonly Collected<Secret> collected = new();
    private readonly IDataProtectionProvider keys = new EphemeralDataProtectionProvider();

    public EncryptionTests(Servers servers) : base(servers) => App.Configure = builder => UseKeys(builder, keys);

    [Fact]
    public async Task AMarkedJobIsStoredEncryptedAndRunsAsItWas()
    {
        var envelope = App.Queue.Create(new Secret("Zażółć \"🦆\""));
        await App.Queue.SendAsync([envelope], Cancellation);

        // What an outbox and Redis hold is a JSON string that tells nothing.
        Assert.StartsWith("enc:", JsonDocument.Parse(envelope.Arguments).RootElement.GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("text", envelope.Arguments, StringComparison.Ordinal);
        var entry = (RedisResult[])((RedisResult[])(await App.Redis.ExecuteAsync("XRANGE", App.Keys().Ready(), "-", "+"))!)[0]!;
        Assert.Contains(envelope.Arguments, (string[])entry[1]!);

        await App.StartWorkerAsync(worker => worker.Collect(collected));
        Assert.Equal("Zażółć \"🦆\"", (await collected.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task OtherJobsStayReadableUnlessAllAreEncrypted()
    {
        Assert.Equal("""{"text":"open"}""", App.Queue.Create(new Note("open")).Arguments);
        await using var all = new JobsHost(App.Settings["ConnectionStrings:redis"]!)
        {
            Configure = builder => UseKeys(builder, keys, options => options.EncryptsAll = true),
        };
        var notes = new Collected<Note>();
        await all.StartWorkerAsync(worker => worker.Collect(notes));
        var envelope = all.Queue.Create(new Note("closed"));
        await all.Queue.SendAsync([envelope], Cancellation);
        Assert.StartsWith("\"enc:", envelope.Arguments, StringComparison.Ordinal);
        Assert.Equal("closed", (await notes.NextAsync()).Job.Text);

        var open = envelope with { Id = JobId.New("default", TimeProvider.System), Arguments = """{"text":"open"}""" };
        await all.Queue.SendAsync([open], Cancellation);
        await all.AssertDeadAsync(open.Id, "must be encrypted and is not");
    }

    [Fact]
    public async Task WhatIsWrittenForAnotherQueueOrJobOrChangedIsParked()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var secret = App.Queue.Create(new Secret("x"));
        var changed = secret.Arguments.ToCharArray();
        changed[^6] = changed[^6] == 'A' ? 'B' : 'A';
        foreach (var arguments in new[]
        {
            App.Queue.Create(new Secret("x"), new EnqueueOptions { Queue = "other" }).Arguments,
            App.Queue.Create(new OtherSecret("x")).Arguments,
            new string(changed),
            "\"enc:\"",
            "\"enc:!\"",
            "\"enc:",
        })
        {
            var moved = secret with { Id = JobId.New("default", TimeProvider.System), Arguments = arguments };
            await App.Queue.SendAsync([moved], Cancellation);
            await App.AssertDeadAsync(moved.Id, "cannot be decrypted");
        }
        Assert.True(collected.NoneLeft);
    }

    [Fact]
    public async Task WithoutItsKeyAJobIsParkedWithAReasonThatSaysSo()
    {
        var id = await App.Queue.EnqueueAsync(new Secret("x"), cancellationToken: Cancellation);
        App.Configure = builder => UseKeys(builder, new EphemeralDataProtectionProvider());
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        await App.AssertDeadAsync(id, "its key is missing here");
    }

    [Fact]
    public async Task AMarkedJobInPlainTextIsParkedUnlessItIsAccepted()
    {
        var plain = App.Queue.Create(new Secret("x")) with { Arguments = """{"text":"from before"}""" };
        var worker = await App.StartWorkerAsync(worker => worker.Collect(collected));
        await App.Queue.SendAsync([plain], Cancellation);
        await App.AssertDeadAsync(plain.Id, "Flasky:Jobs:Encryption:AcceptsPlaintext");
        await worker.StopAsync(Cancellation);

        App.Configure = builder => UseKeys(builder, keys, options => options.AcceptsPlaintext = true);
        await App.StartWorkerAsync(other => other.Collect(collected));
        await App.Queue.SendAsync([plain with { Id = JobId.New("default", TimeProvider.System) }], Cancellation);
        Assert.Equal("from before", (await collected.NextAsync()).Job.Text);
    }

    [Fact]
    public async Task KeysThatCannotBeReachedMakeTheJobWaitAndSpendNoAttempt()
    {
        var outage = new Outage(keys);
        App.Configure = builder => builder.AddJobEncryption<OutageProtector>().Services.AddSingleton(outage);
        await App.Queue.EnqueueAsync(new Secret("x"), cancellationToken: Cancellation);
        outage.IsDown = true;
        await App.StartWorkerAsync(worker => worker.Collect(collected).Configure(options => options.UnreadableDelay = TimeSpan.FromMilliseconds(50)));
        await outage.Refused.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);

        outage.IsDown = false;
        Assert.Equal(1, (await collected.NextAsync()).Context.Attempt);
        Assert.Equal(0, await App.Redis.SortedSetLengthAsync(App.Keys().Dead));
    }

    [Fact]
    public async Task AProcessThatCannotEncryptNeitherEnqueuesNorServesMarkedJobs()
    {
        App.Configure = null;
        Assert.Contains("AddJobEncryption", Assert.Throws<InvalidOperationException>(() => App.Queue.Create(new Secret("x"))).Message, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => App.StartWorkerAsync(worker => worker.Collect(collected)));
        Assert.Contains("AddJobEncryption", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheLimitHoldsForWhatIsStored()
    {
        App.Configure += builder => builder.Services.Configure<FlaskyJobsOptions>(options => options.MaxArgumentsBytes = 1000);
        Assert.True(App.Queue.Create(new Note(new string('x', 900))).Arguments.Length < 1000);
        Assert.Contains("MaxArgumentsBytes", Assert.Throws<ArgumentException>(() => App.Queue.Create(new Secret(new string('x', 900)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARecurringJobIsStoredEncryptedToo()
    {
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        await recurring.SetAsync("secret", new Secret("x"), JobSchedule.Every(TimeSpan.FromDays(1)), cancellationToken: Cancellation);
        Assert.StartsWith("\"enc:", Assert.Single(await recurring.ListAsync(cancellationToken: Cancellation)).Arguments, StringComparison.Ordinal);
        await recurring.TriggerAsync("secret", cancellationToken: Cancellation);
        Assert.Equal("x", (await collected.NextAsync()).Job.Text);
    }

    private static void UseKeys(HostApplicationBuilder builder, IDataProtectionProvider keys, Action<JobEncryptionOptions>? configure = null)
    {
        builder.AddJobEncryption(configure);
        builder.Services.AddSingleton(keys);
    }

    private sealed class Outage(IDataProtectionProvider keys)
    {
        public IDataProtector Protector { get; } = keys.CreateProtector("test");

        public bool IsDown { get; set => Volatile.Write(ref field, value); }

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class OutageProtector(Outage outage) : IJobPayloadProtector
    {
        public byte[] Protect(byte[] payload, string purpose) => outage.Protector.Protect(payload);

        public byte[] Unprotect(byte[] payload, string purpose)
        {
            if (!outage.IsDown)
                return outage.Protector.Unprotect(payload);
            outage.Refused.TrySetResult();
            throw new TimeoutException("The database with the keys does not answer.");
        }
    }
}
