using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Benchmarks.Worker;

/// <summary>The configuration that the producer and the worker share.</summary>
internal static class BenchmarkHost
{
    public const string KeyPrefix = "benchmark";

    public static HostApplicationBuilder NewBuilder(string redis)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = redis,
            ["Flasky:Jobs:KeyPrefix"] = KeyPrefix,
        });
        // Standard output is the line to the process that measures.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.TypeInfoResolver = BenchmarkJson.Default);
        builder.AddFlaskyJobs("redis", options => options.EnqueueTimeout = TimeSpan.FromSeconds(30));
        return builder;
    }
}
