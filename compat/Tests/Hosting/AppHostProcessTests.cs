using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Flasky.Compat.Tests.Hosting;

public sealed class AppHostProcessTests
{
    [Fact]
    public async Task InterruptStopsEverythingInReverseOrder()
    {
        var limit = TestApps.Limit();
        await using var app = AppHostProcess.Start("--Postgres=yes");
        await app.LineAsync("[db] is healthy.", limit);
        await app.LineAsync("[probe]       Application started.", limit);
        var children = ChildrenOf(app.Id);

        app.Interrupt();

        Assert.Equal(0, await app.ExitCodeAsync(limit));
        Assert.NotEmpty(children);
        Assert.All(children, child => Assert.False(IsAlive(child)));
        var stopped = app.Output.Split('\n').Where(line => line.EndsWith("] has stopped.", StringComparison.Ordinal)).ToList();
        Assert.Equal(["[probe] has stopped.", "[db] has stopped."], [.. stopped.Take(2).OrderDescending()]);
        Assert.Equal(["[postgres] has stopped.", "[redis] has stopped."], [.. stopped.Skip(2).Order()]);
    }

    [Fact]
    public async Task KilledAppHostLeavesNoProcess()
    {
        var limit = TestApps.Limit();
        await using var app = AppHostProcess.Start("--Postgres=yes");
        await app.LineAsync("[db] is healthy.", limit);
        await app.LineAsync("[probe]       Application started.", limit);
        var children = ChildrenOf(app.Id);

        app.KillHard();

        Assert.True(children.Count >= 4, "redis, postgres, probe and the guardian");
        foreach (var child in children)
            await GoneAsync(child, limit);
    }

    [Fact]
    public async Task KilledAppHostStartsAgainWithWhatItHad()
    {
        var limit = TestApps.Limit();
        await using var first = AppHostProcess.Start("--Postgres=yes");
        await first.LineAsync("[db] is healthy.", limit);
        var secrets = await File.ReadAllTextAsync(Path.Combine(first.Data, "secrets.json"), limit);
        first.KillHard();

        await using var second = AppHostProcess.StartOn(first.Data, "--Postgres=yes");
        await second.LineAsync("[db] is healthy.", limit);
        Assert.DoesNotContain("makes its data directory", second.Output, StringComparison.Ordinal);
        Assert.Equal(secrets, await File.ReadAllTextAsync(Path.Combine(first.Data, "secrets.json"), limit));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(Path.Combine(first.Data, "secrets.json")));
        second.Interrupt();
        Assert.Equal(0, await second.ExitCodeAsync(limit));
    }

    [Fact]
    public async Task SecondRunOnTheSameDataIsRefused()
    {
        var limit = TestApps.Limit();
        await using var first = AppHostProcess.Start();
        await first.LineAsync("[redis] is healthy.", limit);

        await using var second = AppHostProcess.StartOn(first.Data);
        await second.LineAsync($"runs already (process {first.Id.ToString(CultureInfo.InvariantCulture)})", limit);
        Assert.Equal(1, await second.ExitCodeAsync(limit));
        first.Interrupt();
        Assert.Equal(0, await first.ExitCodeAsync(limit));
    }

    [Fact]
    public async Task PortInUseIsNamedAndNothingStarts()
    {
        var limit = TestApps.Limit();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await using var app = AppHostProcess.Start($"--Port={port}");
        Assert.Equal(1, await app.ExitCodeAsync(limit));
        Assert.StartsWith($"This port is in use by another program: {port} (mail, http).", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', app.Output);
    }

    [Fact]
    public async Task MissingServerIsNamedWithTheCommandThatInstallsIt()
    {
        var limit = TestApps.Limit();
        await using var app = AppHostProcess.StartWithPath("/nowhere");
        Assert.Equal(1, await app.ExitCodeAsync(limit));
        Assert.StartsWith("This machine lacks Redis. Install with: ", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', app.Output);
    }

    [Fact]
    public async Task PublishIsRefusedWithOneMessage()
    {
        var limit = TestApps.Limit();
        await using var app = AppHostProcess.Start("--publisher", "manifest", "--output-path", "nowhere.json");
        Assert.Equal(1, await app.ExitCodeAsync(limit));
        Assert.StartsWith("The application cannot be published by the stand-in", app.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', app.Output);
    }

    [Fact]
    public async Task AppHostEndsWhenNoProjectIsLeft()
    {
        var limit = TestApps.Limit();
        await using var app = AppHostProcess.Start();
        await app.LineAsync("[probe]       Application started.", limit);
        var probe = ChildrenOf(app.Id).Single(child => CommandLine(child).Contains("TestAppHost.dll", StringComparison.Ordinal));
        using (var process = Process.GetProcessById(probe))
            process.Kill();

        await app.LineAsync("[probe] has ended with exit code 137 (signal 9). It is not started again; the rest goes on.", limit);
        await app.LineAsync("No project is left running. Stopping.", limit);
        Assert.Equal(1, await app.ExitCodeAsync(limit));
    }

    private static string CommandLine(int processId) => File.ReadAllText($"/proc/{processId}/cmdline");

    private static List<int> ChildrenOf(int processId)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && ParentOf(id) == processId)];
    }

    private static int ParentOf(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return 0;
        }
    }

    // An ended process whose parent has not looked yet is no process any more.
    private static bool IsAlive(int processId)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[stat.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task GoneAsync(int processId, CancellationToken limit)
    {
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        // Nothing signals the end of a process that is not one's own child.
        while (IsAlive(processId))
            await beat.WaitForNextTickAsync(limit);
    }
}
