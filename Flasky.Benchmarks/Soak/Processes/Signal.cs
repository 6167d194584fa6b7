using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>Signals that .NET has no method for. Linux only: the numbers differ elsewhere.</summary>
internal static class Signal
{
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <exception cref="Win32Exception">There is no such process any more, or it is another user's.</exception>
    public static void Send(int process, int signal)
    {
        if (Kill(process, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
