using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flasky.Compat.TestAppHost;

namespace Flasky.Compat.Tests.Hosting;

public sealed class ProjectTests
{
    [Fact]
    public async Task ProjectGetsTheEnvironmentThatAspireInjects()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var redis = builder.AddRedis("redis");
        var web = builder.AddProbe("web", "serve").WithHttpEndpoint();
        builder.AddProbe("probe", "environment")
            .WithReference(redis)
            .WithReference(web)
            .WithEnvironment("PLAIN", "text")
            .WithEnvironment("WEB", web.GetEndpoint("http"))
            .WithEnvironment("MIXED", $"at {web.GetEndpoint("http").Property(EndpointProperty.HostAndPort)}!");
        await using var app = await builder.StartAsync(limit);
        var environment = await EnvironmentAsync(app, "probe", limit);

        var url = app.GetEndpoint("web").GetLeftPart(UriPartial.Authority);
        Assert.Equal(await app.GetConnectionStringAsync("redis", limit), environment["ConnectionStrings__redis"]);
        Assert.Equal(environment["ConnectionStrings__redis"].Split("password=")[1], environment["REDIS_PASSWORD"]);
        Assert.Equal(url, environment["services__web__http__0"]);
        Assert.Equal(url, environment["WEB_HTTP"]);
        Assert.Equal(url, environment["WEB"]);
        Assert.Equal($"at {new Uri(url).Authority}!", environment["MIXED"]);
        Assert.Equal("text", environment["PLAIN"]);
        Assert.Equal("probe", environment["OTEL_SERVICE_NAME"]);
        Assert.Matches("^service\\.instance\\.id=[a-z]{8}$", environment["OTEL_RESOURCE_ATTRIBUTES"]);
        Assert.Equal("1000", environment["OTEL_BSP_SCHEDULE_DELAY"]);
        Assert.Equal("simple", environment["LOGGING__CONSOLE__FORMATTERNAME"]);
        Assert.Equal(Path.GetDirectoryName(new ProbeProject().ProjectPath), environment["directory"]);
        Assert.DoesNotContain("ASPNETCORE_URLS", environment.Keys);
        Assert.DoesNotContain("DOTNET_LAUNCH_PROFILE", environment.Keys);
    }

    [Fact]
    public async Task LaunchProfileGivesEnvironmentAndEndpoint()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<ProbeProject>("first").WithArgs("probe", "environment");
        builder.AddProject<ProbeProject>("second", launchProfileName: "second").WithArgs("probe", "environment");
        await using var app = await builder.StartAsync(limit);

        var first = await EnvironmentAsync(app, "first", limit);
        Assert.Equal(("first", "Development", "first"), (first["FROM_PROFILE"], first["ASPNETCORE_ENVIRONMENT"], first["DOTNET_LAUNCH_PROFILE"]));
        Assert.Equal(app.GetEndpoint("first").GetLeftPart(UriPartial.Authority), first["ASPNETCORE_URLS"]);
        var second = await EnvironmentAsync(app, "second", limit);
        Assert.Equal(("second", "Staging"), (second["FROM_PROFILE"], second["DOTNET_ENVIRONMENT"]));
        Assert.DoesNotContain("ASPNETCORE_URLS", second.Keys);
    }

    [Fact]
    public async Task WebProjectIsHealthyOnceItAnswers()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProject<ProbeProject>("web").WithArgs("probe", "serve").WithHttpHealthCheck("/health");
        await using var app = await builder.StartAsync(limit);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("web", limit);

        using var client = app.CreateHttpClient("web");
        using var response = await client.GetAsync(new Uri("/health", UriKind.Relative), limit);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task DependentStartsOnlyAfterCompletion()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddProbe("first", "exit", "0");
        builder.AddProbe("second", "exit", "0").WaitForCompletion(first);
        await using var app = await builder.StartAsync(limit);

        var second = await app.WaitForEndAsync("second", limit);
        Assert.True(app.ResourceNotifications.TryGetCurrentState("first", out var finished));
        Assert.True(finished.Snapshot.StopTimeStamp <= second.Snapshot.StartTimeStamp);
        Assert.Equal((KnownResourceStates.Finished, 0), (second.Snapshot.State!.Text, second.Snapshot.ExitCode));
    }

    [Fact]
    public async Task DependentOfAFailureIsNotStarted()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        var first = builder.AddProbe("first", "exit", "3");
        builder.AddProbe("second", "wait").WaitForCompletion(first);
        builder.AddProbe("third", "wait");
        await using var app = await builder.StartAsync(limit);

        var second = await app.WaitForEndAsync("second", limit);
        Assert.Equal(KnownResourceStates.FailedToStart, second.Snapshot.State!.Text);
        await app.LinesUntilAsync("second", "was not started: Resource 'second' stopped waiting for dependency resource 'first' because it ended with exit code 3, expected 0.", limit);
        await app.ResourceNotifications.WaitForResourceAsync("third", KnownResourceStates.Running, limit);
    }

    [Fact]
    public async Task KilledReplicaIsReportedAndTheOtherGoesOn()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProbe("worker", "wait").WithReplicas(2);
        await using var app = await builder.StartAsync(limit);
        var one = await app.ResourceNotifications.WaitForResourceAsync("worker", candidate => candidate.Snapshot.State?.Text == KnownResourceStates.Running, limit);
        var other = await app.ResourceNotifications.WaitForResourceAsync("worker", candidate => candidate.Snapshot.State?.Text == KnownResourceStates.Running && candidate.ResourceId != one.ResourceId, limit);

        using (var process = Process.GetProcessById(one.ProcessId()))
            process.Kill();
        var killed = await app.ResourceNotifications.WaitForResourceAsync("worker", candidate => candidate.ResourceId == one.ResourceId && candidate.Snapshot.ExitCode is not null, limit);

        Assert.Equal(137, killed.Snapshot.ExitCode);
        Assert.False(app.ResourceNotifications.TryGetCurrentState("worker", out _));
        Assert.True(app.ResourceNotifications.TryGetCurrentState(other.ResourceId, out var still));
        Assert.Equal(KnownResourceStates.Running, still.Snapshot.State!.Text);
        Assert.False(Process.GetProcessById(other.ProcessId()).HasExited);
    }

    [Fact]
    public async Task StoppingReturnsWhenTheProcessesAreGone()
    {
        var limit = TestApps.Limit();
        await using var builder = DistributedApplicationTestingBuilder.Create();
        builder.AddProbe("probe", "wait");
        await using var app = await builder.StartAsync(limit);
        var probe = await app.ResourceNotifications.WaitForResourceAsync("probe", candidate => candidate.Snapshot.State?.Text == KnownResourceStates.Running, limit);

        await app.StopAsync(limit);

        Assert.Throws<ArgumentException>(() => Process.GetProcessById(probe.ProcessId()));
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(DistributedApplication app, string resource, CancellationToken limit) =>
        (await app.LinesUntilAsync(resource, "that is all", limit))
            .Where(line => line.Contains('=', StringComparison.Ordinal))
            .ToDictionary(line => line[..line.IndexOf('=', StringComparison.Ordinal)], line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
}
