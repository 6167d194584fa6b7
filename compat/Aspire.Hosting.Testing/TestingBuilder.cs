using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

internal sealed class TestingBuilder(DistributedApplicationBuilder inner, Func<CancellationToken, Task<DistributedApplication>> build, Func<ValueTask> end) : IDistributedApplicationTestingBuilder
{
    private DistributedApplication? application;

    public ConfigurationManager Configuration => inner.Configuration;

    public string AppHostDirectory => inner.AppHostDirectory;

    public Assembly? AppHostAssembly => inner.AppHostAssembly;

    public IHostEnvironment Environment => inner.Environment;

    public IServiceCollection Services => inner.Services;

    public DistributedApplicationExecutionContext ExecutionContext => inner.ExecutionContext;

    public IResourceCollection Resources => inner.Resources;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource => inner.AddResource(resource);

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => inner.CreateResourceBuilder(resource);

    public DistributedApplication Build() => BuildAsync().GetAwaiter().GetResult();

    public async Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) =>
        application = await build(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (application is not null)
            await application.DisposeAsync();
        // A secret that was asked for before any application was built has opened the folder already.
        inner.Services.Select(service => service.ImplementationInstance).OfType<EngineSettings>().Single().Dispose();
        await end();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
