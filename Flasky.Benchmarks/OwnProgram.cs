using System.Diagnostics;

namespace Flasky.Benchmarks;

/// <summary>Starts this program again, as a process that does a part of a measurement.</summary>
internal static class OwnProgram
{
    /// <summary>Its standard input is a line to it, and closes when this process ends in whatever way.</summary>
    public static Process Start(Action<ProcessStartInfo> configure, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        configure(start);
        // Under `dotnet Flasky.Benchmarks.dll` the process is dotnet itself and needs to be told of the program again.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(OwnProgram).Assembly.Location);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
