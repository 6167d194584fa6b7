using System.Threading.Channels;
using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs.Limits;

public sealed class LimitsExampleTests(Servers servers) : LimitsTest(servers)
{
    [Fact]
    public async Task OneTenantsExportsWaitForEachOtherAndHoldUpNobodyElse()
    {
        var started = Channel.CreateUnbounded<int>();
        var gate = new TaskCompletionSource();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(App.Settings);
        builder.Services.AddSingleton(new Exported(async (tenant, token) =>
        {
            started.Writer.TryWrite(tenant);
            await gate.Task.WaitAsync(token);
        }));
        LimitsExample.AddToWorker(builder);
        using var worker = builder.Build();
        await worker.StartAsync(Cancellation);
        await App.WaitUntilIdleAsync(queue: "exports");
        foreach (var tenant in new[] { 7, 7, 7, 8 })
            await LimitsExample.ExportAsync(App.Queue, tenant);

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        timeout.CancelAfter(TimeSpan.FromSeconds(20));
        var first = new[] { await started.Reader.ReadAsync(timeout.Token), await started.Reader.ReadAsync(timeout.Token) };
        Assert.Equal([7, 8], first.Order());
        Assert.Equal("tenant:7: 2 wait, 1 run", await LimitsExample.SlowDownAsync(Limits));
        Assert.Equal(new JobLimit(rate: JobRate.PerHour(10)), (await Limits.ShowAsync("exports", Cancellation)).Limits[LimitScope.Key("tenant:7")]);
        gate.SetResult();
        await worker.StopAsync(Cancellation);
    }
}
