using System.ComponentModel;
using System.Diagnostics;

namespace Aspire.Hosting.Engine;

/// <summary>Starts processes that no Ctrl+C reaches and that do not outlive the AppHost.</summary>
internal sealed class ProcessLauncher(Guardian guardian, TimeProvider time)
{
    // Nothing runs before the guardian knows of it: an AppHost killed in between leaves a shell that reads the end of its input.
    private const string WaitForGuardian = "read -r go && exec \"$@\"";

    /// <summary>Starts a process.</summary>
    /// <exception cref="DistributedApplicationException">The program is not there or may not be run.</exception>
    internal ChildProcess Start(ProcessSpec spec)
    {
        var command = OwnSession.Wrap(["/bin/sh", "-c", WaitForGuardian, "sh", .. AsUser(spec.User), spec.File, .. spec.Arguments]);
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = spec.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        if (spec.Environment is not null)
        {
            info.Environment.Clear();
            foreach (var (name, value) in spec.Environment)
                info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)!;
            guardian.Watch(process.Id, spec.StopSignal);
            return new ChildProcess(process, spec, guardian, time);
        }
        catch (Win32Exception problem)
        {
            throw new DistributedApplicationException($"'{spec.File}' cannot be started: {problem.Message}", problem);
        }
    }

    private static string[] AsUser(string? user) =>
        user is null ? [] : ["setpriv", $"--reuid={user}", $"--regid={UnprivilegedUser.GroupOf(user)}", "--clear-groups", "--"];
}

/// <summary>Puts a process into a session of its own: Ctrl+C goes to the AppHost alone, which then stops the others in order.</summary>
internal static class OwnSession
{
    internal static IReadOnlyList<string> Wrap(IReadOnlyList<string> command) => OperatingSystem.IsMacOS()
        // macOS has no setsid command, but always has Perl.
        ? ["/usr/bin/perl", "-e", "use POSIX qw(setsid); setsid(); exec { $ARGV[0] } @ARGV or die qq($ARGV[0]: $!\\n)", .. command]
        : ["setsid", .. command];
}
