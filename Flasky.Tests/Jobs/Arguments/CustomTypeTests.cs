using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.Jobs.Arguments;

public sealed class CustomTypeTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task CustomTypesSurviveWhereverTheyAre()
    {
        var collected = new Collected<Everything>();
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var recipient = new Recipient(new UserId(7), new Address("Zażółć 1", null), Urgency.High);
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.FromHours(-3.5)).AddTicks(4567);
        var job = new Everything(
            new UserId(1), recipient, [recipient, recipient with { Id = new UserId(8) }],
            new() { ["Łódź"] = [recipient], [""] = [] },
            new() { [Urgency.Low] = noon },
            Range: null, Deputy: new UserId(9), new DateOnly(2026, 2, 28), TimeSpan.FromTicks(1), 0.10m, Guid.NewGuid(), new Uri("https://example.com/ä?b=c"), [0, 255]);

        await App.Queue.EnqueueAsync(job, cancellationToken: Cancellation);

        var ran = (await collected.NextAsync()).Job;
        Assert.Equivalent(job, ran, strict: true);
        Assert.Equal(TimeSpan.FromHours(-3.5), ran.Deadlines[Urgency.Low].Offset);
    }

    [Fact]
    public async Task AConverterRegisteredOnceHoldsEverywhere()
    {
        App.Configure = builder => builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.Converters.Add(new MoneyConverter()));
        var collected = new Collected<Invoice>();
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var (total, tax) = (new Money(12.30m, "EUR"), new Money(2.30m, "EUR"));
        var job = new Invoice(total, [total, tax], new() { ["VAT"] = tax }, new Invoice(tax, [], [], null));

        var envelope = App.Queue.Create(job);
        await App.Queue.SendAsync([envelope], Cancellation);

        Assert.Contains("""{"VAT":"2.30 EUR"}""", envelope.Arguments, StringComparison.Ordinal);
        Assert.Equivalent(job, (await collected.NextAsync()).Job, strict: true);
    }

    [Fact]
    public async Task AConverterThatRefusesAValueParksTheJob()
    {
        App.Configure = builder => builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.Converters.Add(new MoneyConverter()));
        var collected = new Collected<Invoice>();
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        // The second passes the converter's own check and makes decimal.Parse throw, which is no JsonException.
        foreach (var (total, reason) in new[] { ("12.30EUR", "Money is written as"), ("much EUR", "test.invoice") })
        {
            var envelope = App.Queue.Create(new Invoice(default, [], [], null)) with { Arguments = $$"""{"total":"{{total}}","lines":[],"taxes":{} }""" };
            await App.Queue.SendAsync([envelope], Cancellation);
            await App.AssertDeadAsync(envelope.Id, reason);
        }
        Assert.True(collected.NoneLeft);
    }

    [Fact]
    public async Task AGeneratedContextTakesThePlaceOfReflection()
    {
        App.Configure = builder => builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.TypeInfoResolver = GeneratedJson.Default);
        var collected = new Collected<Generated>();
        await App.StartWorkerAsync(worker => worker.Collect(collected));
        var job = new Generated(new UserId(1), [new Card(1, "4242"), new Transfer(2, "DE00")]);

        await App.Queue.EnqueueAsync(job, cancellationToken: Cancellation);

        Assert.Equivalent(job, (await collected.NextAsync()).Job, strict: true);
        var error = Assert.Throws<NotSupportedException>(() => App.Queue.Create(new Note("not in the context")));
        Assert.Contains(nameof(Note), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void APlainJobIsStoredAsItAlwaysWas()
    {
        var envelope = App.Queue.Create(new Note("plain"));
        Assert.Equal(("test.note", """{"text":"plain"}"""), (envelope.Name, envelope.Arguments));
        Assert.Empty(envelope.Headers);
    }
}
