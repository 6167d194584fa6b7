using Flasky.Benchmarks.Worker;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>The configuration that the soak's producers and workers share: the defaults, where nothing speaks against them.</summary>
internal static class SoakHost
{
    public static HostApplicationBuilder NewBuilder(string redis)
    {
        var builder = BenchmarkHost.NewBuilder(redis);
        // Jobs that fail as planned would fill the log.
        builder.Logging.AddFilter("Flasky.Jobs.Running.JobRunner", LogLevel.Critical);
        builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.TypeInfoResolver = SoakJson.Default);
        builder.Services.Configure<FlaskyJobsOptions>(options => options.EnqueueTimeout = new FlaskyJobsOptions().EnqueueTimeout);
        return builder;
    }

    /// <summary>Ends when the process that started this one closes the line or is gone.</summary>
    public static Task UntilLeftAsync(CancellationToken cancellationToken) =>
        // The console reads on the caller's thread, whatever its methods are called.
        Task.Run(Console.In.ReadToEnd, CancellationToken.None).WaitAsync(cancellationToken);
}
