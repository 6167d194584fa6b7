using Flasky.Mailbox.Smtp;
using Flasky.Mailbox.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Flasky.Mailbox;

/// <summary>Kestrel, with SMTP on one port and the page on another.</summary>
internal sealed class MailboxHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private ListenOptions? smtp;
    private ListenOptions? http;

    public MailboxHost(MailboxServices services, SmtpSessions sessions)
    {
        // An empty builder: the mailbox takes no settings, arguments or logging from the process that hosts it.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "Mailbox" });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            var options = services.Options;
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, options.SmtpPort, listen => (smtp = listen).Run(sessions.RunAsync));
            if (options.HttpPort is { } port) kestrel.Listen(options.Address, port, listen => http = listen);
        });
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            // Sessions never block and do little between two reads: running them where the bytes arrive saves a thread switch.
            sockets.UnsafePreferInlineScheduling = true;
            // Thousands may connect at the same moment; what does not fit waits for TCP's retransmissions, many seconds.
            sockets.Backlog = 4096;
        });
        // A client that does not read its last reply must not hold the process up for the default half minute.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, HostedInProcess>();
        if (services.Options.Logging is { } logging) builder.Services.AddSingleton(logging);
        app = builder.Build();
        app.MapMailbox(services, sessions.Stopping);
    }

    /// <summary>The port that Kestrel took for SMTP; known once it has started.</summary>
    public int SmtpPort => smtp?.IPEndPoint?.Port ?? 0;

    /// <summary>The port that Kestrel took for the page; 0 if there is none.</summary>
    public int HttpPort => http?.IPEndPoint?.Port ?? 0;

    public Task StartAsync(CancellationToken cancellationToken) => app.StartAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
