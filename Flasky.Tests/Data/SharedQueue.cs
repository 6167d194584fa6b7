using Flasky.Jobs;
using Flasky.Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Data;

/// <summary>A queue in memory that several hosts can share, as they share a Redis.</summary>
internal sealed class SharedQueue : IDisposable
{
    private readonly IHost host;

    public SharedQueue()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddFlaskyJobs("redis").UseJobTesting();
        host = builder.Build();
    }

    public IJobQueue Queue => host.Services.GetRequiredService<IJobQueue>();

    public TestJobs Jobs => host.Services.GetRequiredService<TestJobs>();

    public void Dispose() => host.Dispose();
}
