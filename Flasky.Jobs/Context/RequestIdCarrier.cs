using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Context;

/// <summary>The id of the request that enqueued the job; what the handler logs carries it too, as <c>RequestId</c>.</summary>
internal sealed class RequestIdCarrier(IServiceProvider services, Func<IServiceProvider, string?>? source, ILogger<RequestIdCarrier> logger) : IJobContextCarrier
{
    private static readonly Func<ILogger, string, IDisposable?> Scope = LoggerMessage.DefineScope<string>("{RequestId}");

    public string Name => CarrierNames.RequestId;

    public string? Capture() => source?.Invoke(services);

    public IDisposable? Restore(string value, IServiceProvider services) => Scope(logger, value);
}
