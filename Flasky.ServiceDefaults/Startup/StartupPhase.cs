using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.ServiceDefaults.Startup;

/// <summary>
/// The framework logs an error that ends the start with its stack trace, twice. While <see cref="FlaskyHost"/> is starting the host it
/// tells of every such error itself, so those two loggers stay quiet.
/// </summary>
internal sealed class StartupPhase
{
    private volatile bool active;

    internal void Begin(IHostApplicationLifetime lifetime)
    {
        active = true;
        lifetime.ApplicationStarted.Register(() => active = false);
    }

    internal bool Lets(LogLevel level) => level >= LogLevel.Warning && !(active && level >= LogLevel.Error);
}

internal static class StartupPhaseExtensions
{
    internal static void ReportStartupFailuresOnce(this IHostApplicationBuilder builder)
    {
        var phase = new StartupPhase();
        builder.Services.AddSingleton(phase);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", phase.Lets);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", phase.Lets);
    }
}
