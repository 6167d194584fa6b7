using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flasky.Compat.TestAppHost;
using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Compat.Tests.Hosting;

/// <summary>Short ways to build and ask small applications.</summary>
internal static class TestApps
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Ends the test if it takes far too long.</summary>
    internal static CancellationToken Limit()
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        return limit.Token;
    }

    internal static IResourceBuilder<ProjectResource> AddProbe(this IDistributedApplicationBuilder builder, string name, params string[] args) =>
        builder.AddProject<ProbeProject>(name, launchProfileName: null).WithArgs(["probe", .. args]);

    internal static async Task<DistributedApplication> StartAsync(this IDistributedApplicationTestingBuilder builder, CancellationToken limit)
    {
        var app = await builder.BuildAsync(limit);
        await app.StartAsync(limit);
        return app;
    }

    /// <summary>The process of a replica that runs.</summary>
    internal static int ProcessId(this ResourceEvent resource) =>
        (int)resource.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value!;

    internal static async Task<ResourceEvent> WaitForEndAsync(this DistributedApplication app, string resource, CancellationToken limit) =>
        await app.ResourceNotifications.WaitForResourceAsync(resource, candidate => candidate.Snapshot.State is { } state && KnownResourceStates.TerminalStates.Contains(state.Text), limit);

    /// <summary>The lines that a resource wrote, up to one of them.</summary>
    internal static async Task<List<string>> LinesUntilAsync(this DistributedApplication app, string resource, string last, CancellationToken limit)
    {
        var lines = new List<string>();
        await foreach (var batch in app.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(resource).WithCancellation(limit))
        {
            lines.AddRange(batch.Select(line => line.Content));
            if (lines.Contains(last))
                return lines;
        }

        throw new InvalidOperationException($"'{resource}' ended without the line '{last}'.");
    }
}
