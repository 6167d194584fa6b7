using System.Diagnostics;
using System.Globalization;
using MailKit.Net.Smtp;

namespace Flasky.Worker.Mail;

/// <summary>The span of a send. It names the server and its reply code, never an address or what a message says.</summary>
internal static class MailTelemetry
{
    /// <summary>What a tracer subscribes to.</summary>
    internal const string SourceName = "Flasky.Mail";

    private const string ReplyCode = "smtp.response.status_code";

    private static readonly ActivitySource Source = new(SourceName);

    internal static Activity? Start(SmtpSettings settings)
    {
        var span = Source.StartActivity("send smtp", ActivityKind.Client);
        span?.SetTag("server.address", settings.Host);
        span?.SetTag("server.port", settings.Port);
        span?.SetTag("network.protocol.name", "smtp");
        return span;
    }

    internal static void Replied(Activity? span, SmtpStatusCode code) => span?.SetTag(ReplyCode, (int)code);

    internal static void Failed(Activity? span, Exception failure)
    {
        if (failure is SmtpCommandException refusal)
        {
            Replied(span, refusal.StatusCode);
        }
        var code = span?.GetTagItem(ReplyCode) as int?;
        span?.SetTag("error.type", code?.ToString(CultureInfo.InvariantCulture) ?? failure.GetType().FullName);
        span?.SetStatus(ActivityStatusCode.Error);
    }
}
