using System.Runtime.InteropServices;

namespace Aspire.Hosting.Engine;

/// <summary>The signals that stop a process; the values are the same on Linux and macOS.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
}

internal static class Signals
{
    /// <summary>Sends a signal to a process, or with a negative id to its group. A process that is gone is no error.</summary>
    internal static void Send(int processId, Signal signal) => _ = Kill(processId, (int)signal);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
