using System.Diagnostics;
using Aspire.Hosting.Testing;

namespace Flasky.Tests.EndToEnd;

/// <summary>The commands of <c>Flasky.Web</c>, run as an administrator runs them: in a process of their own.</summary>
internal static class WebCommand
{
    /// <param name="input">Standard input.</param>
    public static async Task RunWebAsync(this FlaskySystem system, string input, params string[] arguments)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Flasky.Web.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ConnectionStrings__flaskydb"] = await system.App.GetConnectionStringAsync("flaskydb", cancellation);
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        Assert.True(process.ExitCode == 0, $"Flasky.Web {string.Join(' ', arguments)}: {process.ExitCode}\n{await output}{await errors}");
    }
}
