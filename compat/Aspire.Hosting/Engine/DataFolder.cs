using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Aspire.Hosting.Engine;

/// <summary>Where the servers keep their data: one folder for each AppHost, or a temporary one for each test.</summary>
internal sealed class DataFolder : IDisposable
{
    // Others may pass through (a server runs as another user when the AppHost runs as root) but not look around.
    private const UnixFileMode PassThrough = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const int KeyBytes = 6;
    private static readonly TimeSpan LongestCleanup = TimeSpan.FromSeconds(20);

    private readonly FileStream? hold;
    private bool disposed;

    private DataFolder(string path, bool isTemporary, FileStream? hold)
    {
        Path = path;
        IsTemporary = isTemporary;
        this.hold = hold;
        Secrets = new SecretStore(System.IO.Path.Combine(path, "secrets.json"));
    }

    internal string Path { get; }

    internal bool IsTemporary { get; }

    internal SecretStore Secrets { get; }

    private string GuardianFile => System.IO.Path.Combine(Path, "guardian");

    public void Dispose()
    {
        if (disposed)
            return;

        disposed = true;
        hold?.Dispose();
        // The guardian deletes it too, at its own end.
        if (IsTemporary && Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    /// <summary>Opens the folder of an AppHost.</summary>
    /// <exception cref="DistributedApplicationException">Another AppHost uses it.</exception>
    internal static DataFolder Open(string appHostDirectory, bool isTest, string? chosen)
    {
        var name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(appHostDirectory));
        var path = isTest
            ? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{name}-{RandomSuffix.Next()}")
            : chosen ?? System.IO.Path.Combine(Home(), name, KeyOf(appHostDirectory));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, PassThrough);
        return new DataFolder(path, isTest, isTest ? null : Hold(path));
    }

    /// <summary>Notes who cleans up after this run if it is killed.</summary>
    internal void NoteGuardian(int processId)
    {
        if (!IsTemporary)
            File.WriteAllText(GuardianFile, processId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until a killed run's guardian has ended that run's servers.</summary>
    internal async Task WaitForPreviousRunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(GuardianFile) || !int.TryParse(await File.ReadAllTextAsync(GuardianFile, cancellationToken), CultureInfo.InvariantCulture, out var processId))
            return;

        try
        {
            using var guardian = Process.GetProcessById(processId);
            // The number may belong to something else by now.
            if (guardian.ProcessName is "sh" or "dash" or "bash")
                await guardian.WaitForExitAsync(cancellationToken).WaitAsync(LongestCleanup, time, cancellationToken);
        }
        catch (Exception none) when (none is ArgumentException or InvalidOperationException or TimeoutException)
        {
            // It is gone, or it is no guardian: either way there is nothing to wait for.
            return;
        }
    }

    /// <summary>The folder of one resource; it may not exist yet.</summary>
    internal string Of(string resource) => System.IO.Path.Combine(Path, resource);

    // The superuser's home is closed to the users that servers run as.
    private static string Home() => Environment.IsPrivilegedProcess && OperatingSystem.IsLinux()
        ? "/var/lib"
        : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);

    private static string KeyOf(string appHostDirectory) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(appHostDirectory)).AsSpan(0, KeyBytes));

    private static FileStream Hold(string path)
    {
        var file = System.IO.Path.Combine(path, "in-use");
        var owner = file + "-by";
        FileStream stream;
        try
        {
            stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException inUse) when (File.Exists(owner))
        {
            throw new DistributedApplicationException($"This application runs already (process {File.ReadAllText(owner)}). Its data in {path} can serve one run at a time; stop the other one first.", inUse);
        }

        File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return stream;
    }
}
