using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Flasky.Compat.Tests.OpenTelemetry;

public sealed class HostingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SeesWhatOtherHostedServicesDoAsTheyStart()
    {
        using var recording = new Recording();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddHostedService<Starter>();
        builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(Starter.Source.Name).AddProcessor(recording));
        using var host = builder.Build();
        using var trace = recording.StartTrace();

        await host.StartAsync(Token);

        Assert.Equal("starting", Assert.Single(recording.Ended).DisplayName);
    }

    [Fact]
    public async Task CallsAddUpToOneProvider()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddOpenTelemetry().WithTracing().ConfigureResource(resource => resource.AddService("flasky"));
        builder.Services.AddOpenTelemetry().WithTracing().WithMetrics().WithLogging();
        using var host = builder.Build();
        await host.StartAsync(Token);

        Assert.Single(host.Services.GetServices<IHostedService>());
        Assert.Contains(new("service.name", "flasky"), host.Services.GetRequiredService<TracerProvider>().GetResource().Attributes);
        Assert.Contains(new("service.name", "flasky"), host.Services.GetRequiredService<MeterProvider>().GetResource().Attributes);
    }

    [Fact]
    public async Task MeasuresTheRuntime()
    {
        using var exporter = new Names();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddRuntimeInstrumentation().AddHttpClientInstrumentation().AddAspNetCoreInstrumentation()
            .AddReader(new BaseExportingMetricReader(exporter)));
        using var host = builder.Build();
        await host.StartAsync(Token);

        host.Services.GetRequiredService<MeterProvider>().ForceFlush();

        Assert.Contains("dotnet.gc.collections", exporter.Seen);
    }

    private sealed class Starter : IHostedService
    {
        public static readonly ActivitySource Source = new("Flasky.Compat.Tests.Starter");

        public Task StartAsync(CancellationToken cancellationToken)
        {
            using var activity = Source.StartActivity("starting");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Names : BaseExporter<Metric>
    {
        public List<string> Seen { get; } = [];

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Seen.Add(metric.Name);
            }
            return ExportResult.Success;
        }
    }
}
