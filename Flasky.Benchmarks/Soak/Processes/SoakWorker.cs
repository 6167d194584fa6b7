using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>A worker in a process of its own. Ends in order on SIGTERM, or when its parent is gone.</summary>
internal static class SoakWorker
{
    /// <summary>Makes this program such a process. Internal: no user needs it.</summary>
    public const string Argument = "--soak-worker";

    public static async Task<int> RunAsync(string redis, string folder, int seed, int jobs, CancellationToken cancellationToken)
    {
        using var log = new RunLog(folder);
        var builder = SoakHost.NewBuilder(redis);
        builder.AddJobWorker("redis", worker =>
        {
            worker.Services.AddSingleton(log);
            worker.Services.AddSingleton(new SoakSeed(seed));
            worker.Handle<SoakJob, SoakHandler>();
            worker.Configure(options =>
            {
                options.MaxAttempts = SoakOptions.MaxAttempts;
                options.RetryDelay = TimeSpan.FromSeconds(0.5);
                // None may be trimmed: the checker looks for all.
                options.DeadCapacity = jobs;
            });
        });
        using var host = builder.Build();
        await host.StartAsync(CancellationToken.None);
        await SoakHost.UntilLeftAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await host.StopAsync(CancellationToken.None);
        return 0;
    }
}
