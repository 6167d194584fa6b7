using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>Builds a distributed application. Not thread-safe.</summary>
public class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder host;

    /// <summary>Starts a model from a command line.</summary>
    public DistributedApplicationBuilder(string[] args)
        : this(new DistributedApplicationOptions { Args = args })
    {
    }

    /// <summary>Starts a model.</summary>
    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        var settings = new HostApplicationBuilderSettings { Args = options.Args, Configuration = new ConfigurationManager() };
        BuilderHooks.Current?.Constructing(options, settings);
        AppHostAssembly = options.AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
        AppHostDirectory = options.ProjectDirectory ?? AppHostProject.DirectoryOf(AppHostAssembly) ?? Directory.GetCurrentDirectory();
        settings.ContentRootPath ??= AppHostDirectory;
        settings.ApplicationName ??= AppHostAssembly?.GetName().Name;

        host = new HostApplicationBuilder(settings);
        ExecutionContext = new(PublishRequest.IsIn(host.Configuration) ? DistributedApplicationOperation.Publish : DistributedApplicationOperation.Run);
        host.Configuration["AppHost:Directory"] = AppHostDirectory;
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        // It logs an exception that is thrown as well.
        host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        host.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        host.Services.AddEngine(options, ExecutionContext, new EngineSettings(AppHostDirectory, host.Configuration));
        host.Services.AddSingleton(_ => new DistributedApplicationModel(Resources));
    }

    /// <inheritdoc />
    public ConfigurationManager Configuration => host.Configuration;

    /// <inheritdoc />
    public string AppHostDirectory { get; }

    /// <inheritdoc />
    public Assembly? AppHostAssembly { get; }

    /// <inheritdoc />
    public IHostEnvironment Environment => host.Environment;

    /// <inheritdoc />
    public IServiceCollection Services => host.Services;

    /// <inheritdoc />
    public DistributedApplicationExecutionContext ExecutionContext { get; }

    /// <inheritdoc />
    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <inheritdoc />
    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        ResourceName.Check(resource.Name);
        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    /// <inheritdoc />
    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    /// <inheritdoc />
    public DistributedApplication Build() => BuilderHooks.Current is { } hooks ? hooks.Build(this) : BuildNow();

    internal DistributedApplication BuildNow() => new(host.Build());
}
