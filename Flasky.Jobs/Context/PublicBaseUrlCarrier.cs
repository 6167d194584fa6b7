using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Context;

/// <summary>What links start with. What is no http address is refused at one end and ignored at the other.</summary>
internal sealed partial class PublicBaseUrlCarrier(IServiceProvider services, Func<IServiceProvider, string?>? source, ILogger<PublicBaseUrlCarrier> logger)
    : IJobContextCarrier
{
    public string Name => CarrierNames.PublicBaseUrl;

    /// <summary>Null: it is no absolute http or https address.</summary>
    public static Uri? Parse(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) ? url : null;

    public string? Capture()
    {
        var text = source?.Invoke(services);
        if (string.IsNullOrEmpty(text) || Parse(text) is not null)
            return text;
        throw new InvalidOperationException($"The public base URL must be an absolute http or https address; it is '{text}'.");
    }

    public IDisposable? Restore(string value, IServiceProvider services)
    {
        if (Parse(value) is null)
            LogIgnored(value);
        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The public base URL '{Url}' that the job carries is no http address and ignored")]
    private partial void LogIgnored(string url);
}
