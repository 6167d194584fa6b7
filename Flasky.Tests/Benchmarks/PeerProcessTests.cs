using Flasky.Benchmarks.Peers;

namespace Flasky.Tests.Benchmarks;

/// <summary>With a shell for a peer's interpreter, since no peer needs to be installed.</summary>
public sealed class PeerProcessTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("flasky-peer-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnswersWithItsLineOfJsonWhateverElseIsPrinted()
    {
        await using var process = Start("""
            echo "Welcome to $PEER_PORT, $1"
            echo '{"began":5,"ended":7}'
            """);

        Assert.Equal(new PeerLine(5, 7), await process.ReadAsync(Cancellation));
        await process.EndAsync(Cancellation);
    }

    [Fact]
    public async Task SaysWhyItFailed()
    {
        await using var process = Start("""
            echo "no such library" >&2
            exit 3
            """);

        var silence = await Assert.ThrowsAsync<PeerFailedException>(() => process.ReadAsync(Cancellation));
        var failure = await Assert.ThrowsAsync<PeerFailedException>(() => process.EndAsync(Cancellation));

        Assert.Contains("ended before its time", silence.Message, StringComparison.Ordinal);
        Assert.Contains("code 3", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such library", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWorkerEndsWhenItsInputDoes()
    {
        var ended = Path.Combine(folder.FullName, "ended");
        await using (var process = Start($$"""
            echo '{"ready":true}'
            read -r line
            echo over > '{{ended}}'
            """))
        {
            await process.ReadAsync(Cancellation);
            Assert.False(File.Exists(ended));
        }

        Assert.True(File.Exists(ended));
    }

    [Fact]
    public async Task APeerIsFoundByTheVersionThatItsProbePrints()
    {
        var peer = await InstalledPeer.FindAsync(Program("echo 1.2.3") with { Interpreters = ["/no/such/interpreter", "sh"] }, Cancellation);

        Assert.Equal(("sh", "1.2.3"), (peer?.Interpreter, peer?.Version));
    }

    [Fact]
    public async Task APeerWithoutItsLibraryIsNotFound() => Assert.Null(await InstalledPeer.FindAsync(Program("echo 1.2.3; exit 1"), Cancellation));

    [Fact]
    public async Task AFailedInstallationSaysSo()
    {
        var failure = await Assert.ThrowsAsync<PeerFailedException>(() => InstalledPeer.InstallAsync(Program("") with { Install = "exit 5" }, Cancellation));

        Assert.Contains("exit 5", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private PeerProcess Start(string script)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "script.sh"), script);
        return PeerProcess.Start(new InstalledPeer(Program(""), "sh", "1"), 1234, "script", "argument");
    }

    private PeerProgram Program(string probe) => new()
    {
        Id = "shell",
        Title = "Shell",
        Settings = "",
        Folder = folder.FullName,
        Extension = "sh",
        Interpreters = ["sh"],
        Probe = ["-c", probe],
        Install = "",
        Unsettled = [],
        JobsDivisor = 1,
    };
}
