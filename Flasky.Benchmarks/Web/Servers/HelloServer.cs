using Microsoft.AspNetCore.Builder;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>The least that a site on Kestrel can do: the same few bytes for everybody.</summary>
internal static class HelloServer
{
    /// <summary>Makes this program such a process. Internal: no user needs it.</summary>
    public const string Argument = "--hello-process";

    public static async Task<int> RunAsync()
    {
        await using var app = WebApplication.CreateBuilder().Build();
        app.MapGet("/", static () => "hello");
        await app.RunAsync();
        return 0;
    }

    public static Task<ServingProcess> StartAsync(CancellationToken cancellationToken) => ServingProcess.StartedAsync(
        OwnProgram.Start(
            start =>
            {
                ServingProcess.Configure(start);
                start.Environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning";
                // As the site runs; this program's own settings are a worker's.
                start.Environment["DOTNET_gcServer"] = "1";
                start.Environment["DOTNET_gcConcurrent"] = "1";
                start.Environment["DOTNET_TieredPGO"] = "1";
            },
            Argument),
        cancellationToken);
}
