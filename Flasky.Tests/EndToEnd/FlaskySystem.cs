using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flasky.Mailbox;
using Flasky.Tests.Telemetry;

namespace Flasky.Tests.EndToEnd;

/// <summary>Tests of the running system share it, one at a time.</summary>
[CollectionDefinition(nameof(FlaskySystem))]
public sealed class FlaskySystemCollection : ICollectionFixture<FlaskySystem>;

/// <summary>
/// The whole system as its AppHost declares it, started once for all end-to-end tests. The workers send to a mailbox whose
/// faults a test can script, and every process reports its telemetry to the tests.
/// </summary>
public sealed class FlaskySystem : IAsyncLifetime
{
    /// <summary>Long enough for two busy cores; a healthy system needs a tenth of it.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);

    private DistributedApplication? app;

    public DistributedApplication App => app ?? throw new InvalidOperationException("The system has not been started.");

    public MailboxServer Mail { get; private set; } = null!;

    public OtlpReceiver Telemetry { get; private set; } = null!;

    public Uri WebAddress => App.GetEndpoint("web", "http");

    /// <summary>A browser's worth of cookies of its own. The caller disposes it.</summary>
    public Visitor NewVisitor() => new(WebAddress);

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        Mail = await MailboxServer.StartAsync(new MailboxOptions { MaxMessages = 10_000 }, timeout.Token);
        Telemetry = await OtlpReceiver.StartAsync(timeout.Token);

        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Flasky_AppHost>(timeout.Token);
        string mail = $"Endpoint=smtp://127.0.0.1:{Mail.SmtpPort}";
        builder.CreateResourceBuilder<ProjectResource>("worker").WithEnvironment("ConnectionStrings__mail", mail);
        // Every visitor of these tests comes from one address.
        builder.CreateResourceBuilder<ProjectResource>("web")
            .WithEnvironment("Flasky__Limits__RegisterPerClient__Burst", "10000").WithEnvironment("Flasky__Limits__LoginPerClient__Burst", "10000")
            .WithEnvironment("Flasky__Limits__MailPerClient__Burst", "10000");
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
        {
            foreach (var (name, value) in Telemetry.Environment)
                builder.CreateResourceBuilder(project).WithEnvironment(name, value);
        }
        app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", timeout.Token);
        await WaitForWorkersAsync(timeout.Token);
    }

    /// <summary>Waits until every replica of the worker runs.</summary>
    public async Task WaitForWorkersAsync(CancellationToken cancellationToken)
    {
        var running = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var change in App.ResourceNotifications.WatchAsync(cancellationToken))
        {
            if (change.Resource.Name != "worker")
                continue;
            if (change.Snapshot.State?.Text == KnownResourceStates.Running)
                running.Add(change.ResourceId);
            else
                running.Remove(change.ResourceId);
            if (running.Count == 2)
                return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await Mail.DisposeAsync();
        await Telemetry.DisposeAsync();
    }
}
