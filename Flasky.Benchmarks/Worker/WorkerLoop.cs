using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Flasky.Benchmarks.Worker;

/// <summary>The inside of <see cref="WorkerProcess"/>: reads a command a line and answers each with a line.</summary>
internal static class WorkerLoop
{
    public static async Task<int> RunAsync(string redis, int concurrency)
    {
        var tally = new Tally();
        IHost? host = null;
        while (await Console.In.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["start", .. var lease]:
                    host = await StartAsync(redis, concurrency, lease, tally);
                    break;
                case ["stop"]:
                    await host!.StopAsync();
                    host.Dispose();
                    break;
                case ["reset"]:
                    tally.Reset();
                    break;
                case ["await", var jobs]:
                    await tally.ReachedAsync(int.Parse(jobs, CultureInfo.InvariantCulture));
                    break;
            }
            Console.WriteLine(JsonSerializer.Serialize(Report(tally, host), BenchmarkJson.Default.WorkerReport));
        }
        return 0;
    }

    private static async Task<IHost> StartAsync(string redis, int concurrency, string[] leaseMs, Tally tally)
    {
        var builder = BenchmarkHost.NewBuilder(redis);
        builder.AddJobWorker("redis", worker =>
        {
            worker.Services.AddSingleton(tally);
            worker.Handle<BenchmarkJob, BenchmarkHandler>();
            worker.Handle<NotingJob, NotingHandler>();
            worker.Configure(options =>
            {
                options.Concurrency = concurrency;
                if (leaseMs is [var lease])
                    options.Lease = TimeSpan.FromMilliseconds(double.Parse(lease, CultureInfo.InvariantCulture));
            });
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static WorkerReport Report(Tally tally, IHost? host)
    {
        using var self = Process.GetCurrentProcess();
        var counters = host is null ? null : Counters(host);
        return new WorkerReport(
            tally.Count, tally.First, tally.LatenciesMs(), counters ?? 0,
            self.WorkingSet64 / 1048576.0, self.PeakWorkingSet64 / 1048576.0, self.TotalProcessorTime.TotalMilliseconds);
    }

    private static long? Counters(IHost host)
    {
        try
        {
            var counters = host.Services.GetRequiredService<IConnectionMultiplexer>().GetCounters();
            return counters.Interactive.OperationCount + counters.Subscription.OperationCount;
        }
        catch (ObjectDisposedException)
        {
            // It was stopped: there is nothing to count.
            return null;
        }
    }
}
