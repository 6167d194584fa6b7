using Flasky.Benchmarks.Aot;
using Flasky.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A worker as small as a worker can be, compiled ahead of time: `Flasky.Benchmarks -- queue --aot` publishes it and looks at its memory.
var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
{
    ["ConnectionStrings:redis"] = args[0],
    ["Flasky:Jobs:KeyPrefix"] = args[1],
});
builder.Services.Configure<JobJsonOptions>(json => json.SerializerOptions.TypeInfoResolver = AotJson.Default);
builder.AddJobWorker("redis", worker => worker.HandleAll());
using var host = builder.Build();
await host.StartAsync();
// Standard input closes when the process that measures ends in whatever way.
await Console.In.ReadLineAsync();
await host.StopAsync();
