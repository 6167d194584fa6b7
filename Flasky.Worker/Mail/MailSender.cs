using System.Diagnostics;
using Flasky.Jobs;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Flasky.Worker.Mail;

/// <summary>Hands messages to the mail server. A singleton; safe for concurrent use.</summary>
internal sealed partial class MailSender(SmtpSettings settings, SmtpConnectionPool pool, ILogger<MailSender> logger)
{
    /// <summary>Sends one message; when it returns, the server has taken responsibility for it.</summary>
    /// <param name="message">Not safe to use elsewhere meanwhile.</param>
    /// <param name="cancellationToken">Heeded until the content is being sent, no more after that.</param>
    /// <exception cref="JobDiscardedException">The server refused the message for good.</exception>
    /// <exception cref="MailDeferredException">The server asks to try again later.</exception>
    /// <remarks>Any other exception says that the server could not be reached or broke off, or does not let this client in.</remarks>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        using var span = MailTelemetry.Start(settings);
        try
        {
            await TransmitAsync(message, span, cancellationToken);
            MailTelemetry.Replied(span, SmtpStatusCode.Ok);
        }
        catch (Exception e)
        {
            MailTelemetry.Failed(span, e);
            throw;
        }
    }

    private async Task TransmitAsync(MimeMessage message, Activity? span, CancellationToken cancellationToken)
    {
        for (var fresh = false; ; fresh = true)
        {
            using var lease = await pool.RentAsync(fresh, cancellationToken);
            using var sending = new CancelUntilData(cancellationToken);
            try
            {
                await lease.Connection.SendAsync(message, sending, sending.Token);
                return;
            }
            catch (Exception e) when (lease.IsReused && !sending.HasBegun && SmtpFailure.IsLostConnection(e))
            {
                LogLostConnection(logger, settings, e);
                await pool.CloseIdleAsync();
            }
            catch (SmtpCommandException e)
            {
                MailTelemetry.Replied(span, e.StatusCode);
                throw SmtpFailure.Translate(e, message);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "A connection kept open to {Server} was lost; sending again over a new one")]
    private static partial void LogLostConnection(ILogger logger, SmtpSettings server, Exception exception);
}
