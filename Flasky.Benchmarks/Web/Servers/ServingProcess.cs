using System.Diagnostics;
using Flasky.Benchmarks.Peers;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>A process that serves HTTP on a port that the system chose for it.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private const string Announcement = "Now listening on: ";

    private readonly Process process;
    private Task rest = Task.CompletedTask;

    private ServingProcess(Process process) => this.process = process;

    public Uri Address { get; private set; } = null!;

    /// <summary>How the process shall serve, and how each of them does: as in production, by a port of its own, without telling of every request.</summary>
    public static void Configure(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
    }

    /// <param name="process">Started as <see cref="Configure"/> says; this object ends it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">It ended instead; the message says what it said.</exception>
    public static async Task<ServingProcess> StartedAsync(Process process, CancellationToken cancellationToken)
    {
        var serving = new ServingProcess(process);
        try
        {
            var errors = new ErrorTail(process);
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (line.Split(Announcement) is not [_, var address])
                    continue;
                serving.Address = new Uri(address);
                // Nobody reads what else it says, so it must not fill the pipe.
                serving.rest = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return serving;
            }
            await process.WaitForExitAsync(cancellationToken);
            throw new InvalidOperationException($"The process that was to serve ended with code {process.ExitCode}. {errors}");
        }
        catch
        {
            await serving.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        await rest;
        process.Dispose();
    }
}
