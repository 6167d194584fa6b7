using System.Diagnostics;

namespace Aspire.Hosting.Engine;

/// <summary>
/// Ends what the AppHost has started if the AppHost itself is killed: a small shell script reads a pipe that only the
/// AppHost holds open, so the pipe's end is the AppHost's end. Thread-safe.
/// </summary>
internal sealed class Guardian : IDisposable
{
    // 10 s a process: a killed AppHost is a killed session, whose owner wants the ports back.
    private const string GraceTenths = "100";

    private readonly Lock gate = new();
    private Process? shell;

    public void Dispose() => shell?.Dispose();

    internal void Start(DataFolder data)
    {
        var script = data.Of("guardian.sh");
        using (var resource = new StreamReader(typeof(Guardian).Assembly.GetManifestResourceStream("guardian.sh")!))
            PrivateFile.Write(script, resource.ReadToEnd());
        var command = OwnSession.Wrap(["/bin/sh", script, data.IsTemporary ? data.Path : "", GraceTenths]);
        shell = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { WorkingDirectory = "/", RedirectStandardInput = true, UseShellExecute = false })!;
        data.NoteGuardian(shell.Id);
    }

    internal void Watch(int processId, Signal signal) => Tell($"add {processId} {SignalName(signal)}");

    internal void Forget(int processId) => Tell($"del {processId}");

    /// <summary>Ends the guardian. What still runs is ended too.</summary>
    internal async Task StopAsync()
    {
        if (shell is null)
            return;

        lock (gate)
            shell.StandardInput.Close();
        await shell.WaitForExitAsync();
    }

    private static string SignalName(Signal signal) => signal switch
    {
        Signal.Interrupt => "INT",
        Signal.Terminate => "TERM",
        _ => "KILL",
    };

    private void Tell(string line)
    {
        lock (gate)
        {
            shell!.StandardInput.WriteLine(line);
            shell.StandardInput.Flush();
        }
    }
}
