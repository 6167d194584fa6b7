using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Starts the machine's <c>redis-server</c>.</summary>
internal sealed class RedisRunner(RedisResource redis, EngineSettings settings, ProcessLauncher launcher, ProcessEnvironment environment, Ports ports, EngineConsole console) : IRunner
{
    public IEnumerable<ServerPackage> Missing => ServerPrograms.Redis() is null ? [ServerPackage.Redis] : [];

    public async Task<IRunning> StartAsync(Replica replica, CancellationToken cancellationToken)
    {
        var folder = settings.Data.Of(redis.Name);
        // Without a volume a container forgets its data, and so does this.
        if (!redis.Annotations.OfType<ContainerMountAnnotation>().Any() && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        PrivateFile.MakeFolder(folder);

        var configuration = await ConfigurationAsync(folder, replica, cancellationToken);
        ports.Release(redis);
        var log = new RedisLog(replica, folder, console);
        return launcher.Start(new ProcessSpec(ServerPrograms.Redis()!, ["-"], folder)
        {
            // By its input, because everyone on the machine can read a command line.
            Input = configuration,
            Line = log.Line,
        });
    }

    private async Task<string> ConfigurationAsync(string folder, Replica replica, CancellationToken cancellationToken)
    {
        var lines = new List<string>
        {
            "bind 127.0.0.1 -::1",
            $"port {redis.PrimaryEndpoint.Port}",
            "daemonize no",
            "logfile \"\"",
            $"dir {Quote(folder)}",
            $"requirepass {Quote((await redis.PasswordParameter!.GetValueAsync(cancellationToken))!)}",
            redis.TryGetLastAnnotation<RedisSnapshots>(out var snapshots) ? $"save {snapshots}" : "save \"\"",
        };
        var arguments = await environment.ArgumentsAsync(replica, cancellationToken);
        lines.AddRange(string.Join(' ', arguments.Select(argument => argument.StartsWith("--", StringComparison.Ordinal) ? "\n" + argument[2..] : Quote(argument))).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return string.Join('\n', lines) + "\n";
    }

    private static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
