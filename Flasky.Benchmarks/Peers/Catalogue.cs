namespace Flasky.Benchmarks.Peers;

/// <summary>The peers, each in its fastest safe setting; docs/benchmarks.md gives the reasons.</summary>
internal static class Catalogue
{
    public const string CeleryId = "celery";
    public const string SidekiqId = "sidekiq";
    public const string BullMqId = "bullmq";

    /// <summary>Programs from npm, outside the repository and kept between runs.</summary>
    private static readonly string NodeFolder = Path.Combine(CacheFolder(), "flasky-benchmarks", "bullmq");

    private static readonly PeerProgram Celery = new()
    {
        Id = CeleryId,
        Title = "Celery, prefork",
        Settings = "2 child processes, prefetch 64 each, no results, no gossip, mingle or heartbeat; acknowledges before the run",
        Folder = "Celery",
        Extension = "py",
        // A Python of the user's own comes second: Debian's packages are seen by Debian's only.
        Interpreters = ["/usr/bin/python3", "python3"],
        Probe = ["-c", "import celery, redis; print(celery.__version__)"],
        Install = $"{Apt()} python3-celery python3-redis",
        WorkerArguments = ["--pool=prefork", "--concurrency=2"],
        Unsettled = [("LLEN", "benchmark"), ("HLEN", "unacked")],
        JobsDivisor = 25,
    };

    private static readonly PeerProgram CeleryLateAck = Celery with
    {
        Title = "Celery, late ack",
        Settings = "2 solo processes, prefetch 64 each, acks_late, reject_on_worker_lost, no results, no gossip, mingle or heartbeat",
        Environment = new Dictionary<string, string> { ["PEER_LATE_ACK"] = "1" },
        WorkerArguments = ["--pool=solo"],
        Workers = 2,
    };

    private static readonly PeerProgram Sidekiq = new()
    {
        Id = SidekiqId,
        Title = "Sidekiq",
        Settings = "1 process, concurrency 10; a crash loses the jobs it runs, the free version has no safe setting",
        Folder = "Sidekiq",
        Extension = "rb",
        Interpreters = ["ruby"],
        Probe = ["-e", "require 'sidekiq'; puts Sidekiq::VERSION"],
        Install = $"{Apt()} ruby-sidekiq",
        WorkerArguments = ["10"],
        Unsettled = [("LLEN", "queue:benchmark")],
        JobsDivisor = 5,
    };

    private static readonly PeerProgram BullMq = new()
    {
        Id = BullMqId,
        Title = "BullMQ",
        Settings = "1 process, concurrency 100, removeOnComplete",
        Folder = "BullMq",
        Extension = "js",
        Interpreters = ["node"],
        Probe = ["-e", "require('ioredis'); console.log(require('bullmq/package.json').version)"],
        Install = $"{(IsInPath("npm") ? "" : $"{Apt()} nodejs npm && ")}npm install --prefix '{NodeFolder}' --no-save --no-audit --no-fund bullmq@6 ioredis@5",
        Environment = new Dictionary<string, string> { ["NODE_PATH"] = Path.Combine(NodeFolder, "node_modules") },
        WorkerArguments = ["100"],
        Unsettled = [("LLEN", "bull:benchmark:wait"), ("LLEN", "bull:benchmark:active")],
        JobsDivisor = 5,
    };

    public static IReadOnlyList<PeerProgram> All { get; } = [Celery, CeleryLateAck, Sidekiq, BullMq];

    private static string Apt() => $"{(Environment.IsPrivilegedProcess ? "" : "sudo ")}apt-get install -y --no-install-recommends";

    private static bool IsInPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string CacheFolder()
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache)
            return cache;
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache") : Path.GetTempPath();
    }
}
