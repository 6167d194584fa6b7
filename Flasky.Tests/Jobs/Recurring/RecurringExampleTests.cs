using System.Threading.Channels;
using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Recurring;

public sealed class RecurringExampleTests(Servers servers) : JobsTest(servers)
{
    [Fact]
    public async Task TheDigestTicksAndIsChangedAtRunTime()
    {
        await using var lines = new Lines();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(App.Settings);
        builder.Services.AddSingleton<TextWriter>(lines);
        RecurringExample.AddWorker(builder);
        using var host = builder.Build();
        await host.StartAsync(Cancellation);

        Assert.StartsWith("The digest of 20", await lines.NextAsync(), StringComparison.Ordinal);
        var recurring = App.Producer.Services.GetRequiredService<IRecurringJobs>();
        Assert.NotNull(await RecurringExample.ChangeAsync(recurring, Cancellation));
        while (await lines.NextAsync() != "The digest of , attempt 1")
        {
            // A tick of the heartbeat may have been on its way.
        }
        var jobs = (await recurring.ListAsync(cancellationToken: Cancellation)).ToDictionary(job => job.Name);
        Assert.Equal(["heartbeat", "monthly-digest", "weekly-digest"], jobs.Keys.Order());
        Assert.True(jobs["heartbeat"].IsPaused);
        await host.StopAsync(Cancellation);
    }

    private sealed class Lines : StringWriter
    {
        private readonly Channel<string> lines = Channel.CreateUnbounded<string>();

        public override Task WriteLineAsync(string? value) => lines.Writer.WriteAsync(value ?? "").AsTask();

        public async Task<string> NextAsync()
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(20));
            return await lines.Reader.ReadAsync(timeout.Token);
        }
    }
}
