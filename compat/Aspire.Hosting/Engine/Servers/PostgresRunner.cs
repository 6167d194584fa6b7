using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Starts the machine's PostgreSQL, with a data directory of its own.</summary>
internal sealed class PostgresRunner(PostgresServerResource server, EngineSettings settings, ProcessLauncher launcher, Ports ports, EngineConsole console) : IRunner
{
    private const string Settings =
        "listen_addresses=localhost unix_socket_directories= max_connections=300 log_destination=stderr logging_collector=off log_checkpoints=off";

    // Data of a test is thrown away, so it need not survive a power cut.
    private const string TestSettings = "fsync=off synchronous_commit=off full_page_writes=off";

    // What a client is told that comes too early or too late.
    private static readonly string[] NotYet = ["the database system is ", "terminating connection due to administrator command"];

    public IEnumerable<ServerPackage> Missing => ServerPrograms.Postgres().Count == 0 ? [ServerPackage.Postgres] : [];

    public async Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        var folder = settings.Data.Of(server.Name);
        var user = UnprivilegedUser.Name();
        if (!server.Annotations.OfType<ContainerMountAnnotation>().Any() && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        var programs = ProgramsFor(folder);
        if (!Directory.Exists(folder))
            await new PostgresInitialiser(server, launcher, programs, user, settings.IsTest).InitialiseAsync(folder, replica, console, cancellationToken);

        ports.Release(server);
        var options = $"{Settings} {(settings.IsTest ? TestSettings : "")} port={server.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture)}";
        return launcher.Start(new ProcessSpec(
            Path.Combine(programs, "postgres"),
            ["-D", folder, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(option => new[] { "-c", option })],
            folder)
        {
            User = user,
            Environment = PostgresInitialiser.Environment(),
            // Fast shutdown: the default would wait for every client to leave.
            StopSignal = Signal.Interrupt,
            Line = (line, isError) => console.Line(replica, line, isError, show: IsTrouble(line)),
        });
    }

    // The newest for new data; the one that wrote it for old data.
    private static string ProgramsFor(string folder)
    {
        var installed = ServerPrograms.Postgres();
        var versionFile = Path.Combine(folder, "PG_VERSION");
        if (!File.Exists(versionFile))
            return installed.Last().Value;

        var version = int.Parse(File.ReadAllText(versionFile), CultureInfo.InvariantCulture);
        return installed.TryGetValue(version, out var programs)
            ? programs
            : throw new DistributedApplicationException($"The data in {folder} was written by PostgreSQL {version}, but only {string.Join(", ", installed.Keys)} is installed. Install version {version}, or delete that folder to start with an empty database.");
    }

    private static bool IsTrouble(string line) =>
        (line.Contains("FATAL:", StringComparison.Ordinal) && !NotYet.Any(text => line.Contains(text, StringComparison.Ordinal))) || line.Contains("PANIC:", StringComparison.Ordinal);
}
