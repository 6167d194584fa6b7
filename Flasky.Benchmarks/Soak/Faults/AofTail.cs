using Flasky.Benchmarks.Redis;

namespace Flasky.Benchmarks.Soak.Faults;

/// <summary>Knows how long the append-only file was a moment ago, so that a crash of the whole machine can be played.</summary>
internal sealed class AofTail(OwnRedis redis)
{
    /// <summary>Of <c>appendfsync everysec</c>: what is younger may not be on the disk.</summary>
    public static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Queue<(TimeSpan Time, long Length)> lengths = new();

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            lock (gate)
            {
                if (File() is { } file)
                    lengths.Enqueue((MachineClock.Now, file.Length));
                while (lengths.TryPeek(out var oldest) && oldest.Time < MachineClock.Now - (5 * SyncInterval))
                    lengths.Dequeue();
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What was cut off so far, in bytes.</summary>
    public long CutOff { get; private set; }

    /// <summary>Makes the file of the server, which must not run, as long as it was then.</summary>
    public void CutBack(TimeSpan time)
    {
        lock (gate)
        {
            var then = lengths.FirstOrDefault(length => length.Time >= time);
            if (then.Length == 0 || File() is not { } file)
                return;
            using var stream = file.Open(FileMode.Open, FileAccess.Write);
            CutOff += stream.Length - then.Length;
            stream.SetLength(then.Length);
        }
    }

    /// <summary>Forgets the lengths of the time before the last restart.</summary>
    public void Forget()
    {
        lock (gate)
            lengths.Clear();
    }

    private FileInfo? File() => new DirectoryInfo(redis.Folder).EnumerateFiles("*.incr.aof", SearchOption.AllDirectories)
        .MaxBy(file => file.LastWriteTimeUtc);
}
