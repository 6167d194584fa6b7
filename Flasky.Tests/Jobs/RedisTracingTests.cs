using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Flasky.Tests.Jobs;

public sealed class RedisTracingTests
{
    /// <summary>It would keep every command of a busy worker, with its arguments, until the next export.</summary>
    [Fact]
    public void SingleCommandsAreNotTracedUnlessSomebodyAsksForIt() => Assert.Empty(TracesOfJobs(null));

    [Theory]
    [InlineData("Aspire:StackExchange:Redis:DisableTracing")]
    [InlineData("Aspire:StackExchange:Redis:redis:DisableTracing")]
    public void AreTracedAsTheClientsOwnPackageDoesWhereTheConfigurationSaysSo(string key)
    {
        var alone = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        alone.AddRedisClient("redis");

        Assert.Equal(Traces(alone), TracesOfJobs(key));
    }

    private static List<string?> TracesOfJobs(string? askedFor)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        if (askedFor is not null)
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [askedFor] = "false" });
        builder.AddFlaskyJobs("redis");
        return Traces(builder);
    }

    private static List<string?> Traces(HostApplicationBuilder builder) =>
        [.. builder.Services.Select(service => service.ServiceType.FullName).Where(name => name?.StartsWith("OpenTelemetry.Instrumentation.StackExchangeRedis", StringComparison.Ordinal) == true)];
}
