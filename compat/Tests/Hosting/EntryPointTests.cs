using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Flasky.Compat.TestAppHost;

namespace Flasky.Compat.Tests.Hosting;

public sealed class EntryPointTests
{
    [Fact]
    public async Task TestSeesTheModelOfTheEntryPointAndCanChangeIt()
    {
        var limit = TestApps.Limit();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<ProbeProject>(["--Probe=environment"], limit);
        builder.CreateResourceBuilder<ProjectResource>("probe").WithEnvironment("ADDED", "by the test");
        await using var app = await builder.StartAsync(limit);

        Assert.Contains("ADDED=by the test", await app.LinesUntilAsync("probe", "that is all", limit));
        Assert.Equal(Path.GetDirectoryName(new ProbeProject().ProjectPath), builder.AppHostDirectory);
    }

    [Fact]
    public async Task MistakeInTheEntryPointReachesTheTest()
    {
        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            DistributedApplicationTestingBuilder.CreateAsync<ProbeProject>(["--Mistake=oh dear"], TestApps.Limit()));
        Assert.Equal("oh dear", mistake.Message);
    }

    [Fact]
    public async Task PublishedModelIsDescribedButDoesNotRun()
    {
        var limit = TestApps.Limit();
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<ProbeProject>(["--publisher", "manifest"], limit);
        Assert.True(builder.ExecutionContext.IsPublishMode);
        await using var app = await builder.BuildAsync(limit);
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(limit));
        Assert.Contains("real Aspire.Hosting packages", refusal.Message, StringComparison.Ordinal);
    }
}
