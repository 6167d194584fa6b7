using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Telemetry;

/// <summary>
/// Takes what processes send by OTLP (http/protobuf) on a free port of the loopback interface, and keeps the spans. Metrics and
/// logs are taken and dropped. Safe for concurrent use.
/// </summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly List<OtlpSpan> spans = [];
    private TaskCompletionSource changed = NewSignal();

    private OtlpReceiver(WebApplication app) => this.app = app;

    /// <summary>For <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint => app.Urls.Single();

    /// <summary>What makes a process send here, soon after each span ends.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        // A host within the test process exports what every test beside it traces, and what does not fit is dropped: 2,048 spans by default.
        ["OTEL_BSP_MAX_QUEUE_SIZE"] = "1000000",
        ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"] = "8192",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
    };

    /// <summary>All spans so far.</summary>
    public IReadOnlyList<OtlpSpan> Spans
    {
        get { lock (gate) { return [.. spans]; } }
    }

    public static async Task<OtlpReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new OtlpReceiver(builder.Build());
        receiver.app.MapPost("/v1/traces", receiver.TakeTracesAsync);
        receiver.app.MapPost("/v1/metrics", () => Results.Ok());
        receiver.app.MapPost("/v1/logs", () => Results.Ok());
        await receiver.app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>Waits until the spans of one trace, taken together, satisfy <paramref name="isComplete"/>, and returns them.</summary>
    /// <exception cref="TimeoutException">They did not in time; the message lists what came.</exception>
    public async Task<IReadOnlyList<OtlpSpan>> WaitForTraceAsync(
        Func<IReadOnlyList<OtlpSpan>, bool> isComplete, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (spans.GroupBy(static span => span.TraceId).Select(static trace => trace.ToList()).FirstOrDefault(isComplete) is { } found)
                {
                    return found;
                }
                next = changed.Task;
            }
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No such trace within {timeout}. Spans received:\n{string.Join('\n', Spans)}", e);
            }
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task TakeTracesAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var received = OtlpTraceReader.Read(body.ToArray());
        lock (gate)
        {
            spans.AddRange(received);
            changed.SetResult();
            changed = NewSignal();
        }
    }
}
