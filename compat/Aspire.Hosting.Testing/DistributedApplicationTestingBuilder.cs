using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost inside a test: random ports, data in a temporary folder, any number at once.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the AppHost's entry point up to the point where it builds the application.</summary>
    /// <typeparam name="TEntryPoint">A type in the AppHost's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)" />
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync(typeof(TEntryPoint), args, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)" />
    /// <param name="entryPoint">A type in the AppHost's assembly.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, [], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)" />
    /// <param name="entryPoint">A type in the AppHost's assembly.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, CancellationToken cancellationToken = default) =>
        CreateAsync(entryPoint, args, (_, _) => { }, cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)" />
    /// <param name="entryPoint">A type in the AppHost's assembly.</param>
    /// <param name="args">The AppHost's command line.</param>
    /// <param name="configureBuilder">Changes the options before the builder is made.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync(Type entryPoint, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
    {
        var run = new EntryPointRun(entryPoint.Assembly, args, configureBuilder);
        return await run.StartAsync(cancellationToken);
    }

    /// <summary>An empty model.</summary>
    public static IDistributedApplicationTestingBuilder Create(params string[] args) => Create(args, (_, _) => { });

    /// <summary>An empty model.</summary>
    public static IDistributedApplicationTestingBuilder Create(string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        var hooks = new EmptyModelHooks(configureBuilder);
        BuilderHooks.Current = hooks;
        try
        {
            var builder = new DistributedApplicationBuilder(args);
            return new TestingBuilder(builder, _ => Task.FromResult(builder.BuildNow()), () => ValueTask.CompletedTask);
        }
        finally
        {
            BuilderHooks.Current = null;
        }
    }

    internal static void Prepare(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
    {
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;
        settings.EnvironmentName ??= Environments.Development;
        settings.Configuration!.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [EngineSettings.TestingKey] = bool.TrueString,
            [EngineSettings.RandomPortsKey] = bool.TrueString,
        });
    }

    private sealed class EmptyModelHooks(Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : BuilderHooks
    {
        internal override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings)
        {
            Prepare(options, settings);
            configure(options, settings);
        }

        internal override DistributedApplication Build(DistributedApplicationBuilder builder) => builder.BuildNow();
    }
}
