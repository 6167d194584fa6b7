using Flasky.ServiceDefaults.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.ServiceDefaults;

/// <summary>
/// Runs a process from Program.cs. What a person can mend (a missing or unreadable setting, a port in use, a database that refuses)
/// becomes one line on standard error and an exit code; any other error keeps its stack trace and ends the process as usual.
/// </summary>
/// <example><code>
/// return await FlaskyHost.RunAsync(() =>
/// {
///     var builder = Host.CreateApplicationBuilder(args);
///     builder.AddServiceDefaults();
///     builder.RequireConnectionString("redis", "localhost:6379,password=...");
///     return builder.Build();
/// });
/// </code></example>
public static class FlaskyHost
{
    /// <summary>The exit code when a setting is missing or wrong; starting again cannot help. EX_CONFIG of sysexits.h.</summary>
    public const int ConfigurationError = 78;

    /// <summary>The exit code when something outside is in the way; starting again may help. EX_UNAVAILABLE of sysexits.h.</summary>
    public const int Unavailable = 69;

    /// <summary>Builds a host, checks its settings, and runs it until it is told to stop.</summary>
    /// <param name="build">Builds the host.</param>
    /// <param name="run">What to do instead of serving, for example migrate, and the exit code of it. The settings have been checked, nothing is started. Null: serve.</param>
    /// <returns>0, what <paramref name="run"/> returned, or the exit code of a failure that was told on standard error.</returns>
    public static Task<int> RunAsync(Func<IHost> build, Func<IHost, Task<int>>? run = null) => RunAsync(build, run, Console.Error);

    internal static async Task<int> RunAsync(Func<IHost> build, Func<IHost, Task<int>>? run, TextWriter errors)
    {
        string? database = null;
        IHost? host = null;
        try
        {
            host = build();
            database = DatabasePath(host.Services);
            host.Services.GetService<IStartupValidator>()?.Validate();
            host.Services.GetService<StartupPhase>()?.Begin(host.Services.GetRequiredService<IHostApplicationLifetime>());
            if (run is not null)
            {
                return await run(host);
            }
            await host.RunAsync();
            return 0;
        }
        catch (Exception e) when (e is not HostAbortedException && StartupFailure.Explain(e, database) is { } failure)
        {
            foreach (var message in failure.Messages)
            {
                await errors.WriteLineAsync($"{AppDomain.CurrentDomain.FriendlyName} cannot run: {message}");
            }
            return failure.ExitCode;
        }
        finally
        {
            // Sends what telemetry there still is, also after a failure.
            await DisposeAsync(host);
        }
    }

    private static async ValueTask DisposeAsync(IHost? host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host?.Dispose();
        }
    }

    // Of the connection strings only a database's names its host this way.
    private static string? DatabasePath(IServiceProvider services) => services.GetServices<IValidateOptions<RequiredSettings>>()
        .OfType<RequiredSetting>()
        .FirstOrDefault(static setting => setting.Value?.Contains("Host=", StringComparison.OrdinalIgnoreCase) == true)?.Path;
}
