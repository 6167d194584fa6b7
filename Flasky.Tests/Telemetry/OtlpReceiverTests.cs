using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Telemetry;

public sealed class OtlpReceiverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly string[] Letters = ["a", "b"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadsWhatAConsoleHostSends()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        using var host = await ConsoleHostAsync(receiver, "console");
        using var source = new ActivitySource("Flasky.Jobs");

        using (var parent = source.StartActivity("parent", ActivityKind.Producer))
        {
            using var child = source.StartActivity(ActivityKind.Consumer, parent!.Context, tags: [new("text", "value"), new("number", 7)], links: [new(parent.Context)], name: "child");
            child!.SetTag("flag", true).SetTag("list", Letters).SetStatus(ActivityStatusCode.Error, "it broke");
        }
        var spans = await receiver.WaitForTraceAsync(trace => trace.Any(span => span.Name == "child") && trace.Count == 2, Patience, Token);

        var first = spans.Single(span => span.Name == "parent");
        var second = spans.Single(span => span.Name == "child");
        Assert.Equal((ActivityKind.Producer, ActivityStatusCode.Unset, "Flasky.Jobs", ""), (first.Kind, first.Status, first.Source, first.ParentSpanId));
        Assert.Equal((ActivityKind.Consumer, ActivityStatusCode.Error, "it broke"), (second.Kind, second.Status, second.StatusMessage));
        Assert.Equal((first.TraceId, first.SpanId), (second.TraceId, second.ParentSpanId));
        Assert.Equal([first.SpanId], second.Links);
        Assert.Equal(("value", "7"), (second.Attributes["text"], second.Attributes["number"]));
        Assert.Equal(("true", "[a,b]"), (second.Attributes["flag"], second.Attributes["list"]));
        Assert.Equal("console-1", second.ServiceInstanceId);
    }

    [Fact]
    public async Task StoppingAHostSendsWhatIsLeft()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        using (var host = await ConsoleHostAsync(receiver, "stopping", ("OTEL_BSP_SCHEDULE_DELAY", "3600000")))
        {
            using var source = new ActivitySource("Flasky.Mail");
            source.StartActivity("last words")?.Dispose();
            Assert.Empty(receiver.Spans);
            await host.StopAsync(Token);
        }

        Assert.Contains(receiver.Spans, static span => span.Name == "last words");
    }

    [Fact]
    public async Task ARequestToAWebHostIsOneTraceWithoutItsHealthChecks()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);
        var builder = WebApplication.CreateBuilder();
        Configure(builder, receiver, "web");
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        await using var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGet("/hello/{name}", (string name) => name);
        await app.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        await client.GetStringAsync(new Uri("/health", UriKind.Relative), Token);
        await client.GetStringAsync(new Uri("/hello/you", UriKind.Relative), Token);
        var spans = await receiver.WaitForTraceAsync(
            trace => trace.Any(span => span is { ServiceName: "web", Name: "GET /hello/{name}" }), Patience, Token);

        Assert.Equal("200", spans.Single(span => span.Kind == ActivityKind.Server).Attributes["http.response.status_code"]);
        // Servers of other tests in this process are traced too, and one without a port of its own has no such attribute.
        var port = new Uri(app.Urls.Single()).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.DoesNotContain(receiver.Spans, span => span.Kind == ActivityKind.Server
            && span.Attributes.GetValueOrDefault("server.port") == port && span.Attributes["url.path"] == "/health");
    }

    [Fact]
    public async Task SaysWhatCameWhenTheTraceDoesNot()
    {
        await using var receiver = await OtlpReceiver.StartAsync(Token);

        await Assert.ThrowsAsync<TimeoutException>(() => receiver.WaitForTraceAsync(static _ => true, TimeSpan.FromMilliseconds(50), Token));
    }

    private static async Task<IHost> ConsoleHostAsync(OtlpReceiver receiver, string name, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        Configure(builder, receiver, name);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(static setting => setting.Name, static setting => (string?)setting.Value));
        builder.AddServiceDefaults();
        var host = builder.Build();
        await host.StartAsync(Token);
        return host;
    }

    private static void Configure(IHostApplicationBuilder builder, OtlpReceiver receiver, string name)
    {
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(receiver.Environment.ToDictionary(static setting => setting.Key, static setting => (string?)setting.Value));
        builder.Configuration.AddInMemoryCollection([new("OTEL_SERVICE_NAME", name), new("OTEL_RESOURCE_ATTRIBUTES", $"service.instance.id={name}-1")]);
    }
}
