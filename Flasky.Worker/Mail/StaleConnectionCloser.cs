using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.Worker.Mail;

/// <summary>Closes connections that have fallen out of use.</summary>
internal sealed class StaleConnectionCloser(SmtpConnectionPool pool, IOptions<SmtpOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.IdleTimeout, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await pool.CloseStaleAsync();
        }
    }
}
