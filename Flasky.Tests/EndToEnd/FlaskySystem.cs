using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flasky.Mailbox;
using Flasky.Tests.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Tests.EndToEnd;

/// <summary>Tests of the running system share it, one at a time.</summary>
[CollectionDefinition(nameof(FlaskySystem))]
public sealed class FlaskySystemCollection : ICollectionFixture<FlaskySystem>;

/// <summary>
/// The whole system as its AppHost declares it, started once for all end-to-end tests, with a second web and a proxy before both that
/// knows no affinity. The workers send to a mailbox whose faults a test can script, and every process reports its telemetry to the tests.
/// </summary>
public sealed class FlaskySystem : IAsyncLifetime
{
    /// <summary>Long enough for two busy cores; a healthy system needs a tenth of it.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private static readonly string[] Replicas = ["web", "web-2"];

    /// <summary>What each worker said when it began to take jobs.</summary>
    private readonly HashSet<string> workersSeen = new(StringComparer.Ordinal);

    private DistributedApplication? app;

    public DistributedApplication App => app ?? throw new InvalidOperationException("The system has not been started.");

    public MailboxServer Mail { get; private set; } = null!;

    public OtlpReceiver Telemetry { get; private set; } = null!;

    public RoundRobinProxy Proxy { get; private set; } = null!;

    /// <summary>Of the proxy.</summary>
    public Uri WebAddress => Proxy.Address;

    /// <summary>A browser's worth of cookies of its own. The caller disposes it.</summary>
    public Visitor NewVisitor() => new(WebAddress);

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        Mail = await MailboxServer.StartAsync(new MailboxOptions { MaxMessages = 10_000 }, timeout.Token);
        Telemetry = await OtlpReceiver.StartAsync(timeout.Token);
        Proxy = await RoundRobinProxy.StartAsync(timeout.Token);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Flasky_AppHost>(timeout.Token);
        string mail = $"Endpoint=smtp://127.0.0.1:{Mail.SmtpPort}";
        builder.CreateResourceBuilder<ProjectResource>("worker").WithEnvironment("ConnectionStrings__mail", mail);
        AddSecondWeb(builder);
        foreach (var project in builder.Resources.OfType<ProjectResource>().Select(builder.CreateResourceBuilder).ToList())
        {
            foreach (var (name, value) in Telemetry.Environment)
                project.WithEnvironment(name, value);
            project.WithEnvironment("Flasky__PublicBaseUrl", Proxy.Address.ToString())
                .WithEnvironment("Flasky__TrustedProxies__0", "127.0.0.1").WithEnvironment("Flasky__TrustedProxies__1", "::1");
        }
        app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        foreach (var replica in Replicas)
            await app.ResourceNotifications.WaitForResourceHealthyAsync(replica, timeout.Token);
        Proxy.SendTo(Replicas.ToDictionary(replica => replica, replica => app.GetEndpoint(replica, "http"), StringComparer.Ordinal));
        await WaitForWorkersAsync(2, timeout.Token);
    }

    /// <summary>Starts a worker that ended, and waits until it takes jobs.</summary>
    public async Task StartWorkerAsync(string resourceId, CancellationToken cancellationToken)
    {
        var started = await App.ResourceCommands.ExecuteCommandAsync(resourceId, KnownResourceCommands.StartCommand, cancellationToken);
        Assert.True(started.Success, started.Message);
        await WaitForWorkersAsync(1, cancellationToken);
    }

    /// <summary>
    /// Waits until so many more workers take jobs. A process that runs may still be starting for many seconds; when it has started, it says so,
    /// each time under another name.
    /// </summary>
    private async Task WaitForWorkersAsync(int count, CancellationToken cancellationToken)
    {
        var worker = App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(resource => resource.Name == "worker");
        var logs = App.Services.GetRequiredService<ResourceLoggerService>();
        await foreach (var lines in logs.WatchAsync(worker).WithCancellation(cancellationToken))
        {
            count -= lines.Count(line => line.Content.Contains("Running jobs of", StringComparison.Ordinal) && workersSeen.Add(line.Content));
            if (count <= 0)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await Proxy.DisposeAsync();
        await Mail.DisposeAsync();
        await Telemetry.DisposeAsync();
    }

    /// <summary>As a resource of its own, since the tests must know the address of each; to telemetry it is a replica.</summary>
    private static void AddSecondWeb(IDistributedApplicationTestingBuilder builder)
    {
        var (redis, flaskydb) = (builder.CreateResourceBuilder<RedisResource>("redis"), builder.CreateResourceBuilder<PostgresDatabaseResource>("flaskydb"));
        builder.AddProject<Projects.Flasky_Web>(Replicas[1])
            .WithHttpHealthCheck("/health")
            .WithEnvironment("OTEL_SERVICE_NAME", Replicas[0])
            .WithReference(redis).WaitFor(redis)
            .WithReference(flaskydb).WaitFor(flaskydb)
            .WaitForCompletion(builder.CreateResourceBuilder<ProjectResource>("migrate"));
    }
}
