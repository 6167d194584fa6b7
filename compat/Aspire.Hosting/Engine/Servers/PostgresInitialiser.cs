using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Makes a data directory: all of it or none.</summary>
internal sealed class PostgresInitialiser(PostgresServerResource server, ProcessLauncher launcher, string programs, string? user, bool isTest)
{
    // initdb opens its password file by name, as a user who may not open a pipe of the AppHost's.
    private const string WithPasswordFile = "umask 077; cat > \"$0\" && \"$@\"; code=$?; rm -f \"$0\"; exit $code";

    private static readonly string[] NoSync = ["--no-sync"];

    internal async Task InitialiseAsync(string folder, Replica replica, EngineConsole console, CancellationToken cancellationToken)
    {
        console.Say(replica.Label, "makes its data directory.");
        var next = folder + ".new";
        if (Directory.Exists(next))
            Directory.Delete(next, recursive: true);
        await MakeFolderAsync(next, cancellationToken);

        var data = Path.Combine(next, "data");
        var passwordFile = Path.Combine(next, "password");
        var output = new List<string>();
        var superuser = await server.UserNameReference.GetValueAsync(cancellationToken);
        var password = await server.PasswordParameter.GetValueAsync(cancellationToken);
        var spec = new ProcessSpec(
            "/bin/sh",
            ["-c", WithPasswordFile, passwordFile, Path.Combine(programs, "initdb"), "-D", data, "-U", superuser!, "--auth=scram-sha-256", $"--pwfile={passwordFile}", "--encoding=UTF8", Locale(), .. isTest ? NoSync : []],
            "/")
        {
            User = user,
            Environment = Environment(),
            Input = password + "\n",
            Line = (line, _) =>
            {
                lock (output)
                    output.Add(line);
            },
        };
        await using (var initdb = launcher.Start(spec))
        {
            await using var registration = cancellationToken.Register(() => _ = initdb.StopAsync(CancellationToken.None));
            if (await initdb.Ended != 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw new DistributedApplicationException($"initdb could not make {data}: {string.Join(' ', output.TakeLast(3))}");
            }
        }

        Directory.Move(data, folder);
        Directory.Delete(next);
    }

    /// <summary>The AppHost's environment without what would change a PostgreSQL program's mind.</summary>
    internal static IReadOnlyDictionary<string, string> Environment() =>
        ProcessEnvironment.Inherited().Where(variable => !variable.Key.StartsWith("PG", StringComparison.Ordinal)).ToDictionary();

    // Ordering and case folding by Unicode, whatever the machine's language.
    private static string Locale() => OperatingSystem.IsMacOS() ? "--locale=en_US.UTF-8" : "--locale=C.UTF-8";

    private async Task MakeFolderAsync(string path, CancellationToken cancellationToken)
    {
        string[] owner = user is null ? [] : ["-o", user];
        await using var install = launcher.Start(new ProcessSpec("install", ["-d", "-m", "700", .. owner, path], "/") { Line = (_, _) => { } });
        if (await install.Ended.WaitAsync(cancellationToken) != 0)
            throw new DistributedApplicationException($"The folder {path} cannot be made.");
    }
}
