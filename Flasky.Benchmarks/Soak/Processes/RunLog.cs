using System.Globalization;
using Flasky.Jobs;

namespace Flasky.Benchmarks.Soak.Processes;

internal enum RunEnd
{
    /// <summary>The process ended first, or the run was still going at the end.</summary>
    None,

    /// <summary>The handler returned.</summary>
    Succeeded,

    /// <summary>The handler threw; another attempt is due.</summary>
    Failed,

    /// <summary>The handler discarded the job.</summary>
    Discarded,

    /// <summary>The handler was told to stop, and did.</summary>
    Stopped,
}

/// <summary>One run of a handler. Times are of <see cref="MachineClock"/>.</summary>
/// <param name="Due">The job must not start before.</param>
/// <param name="Ended">Null if <paramref name="End"/> is <see cref="RunEnd.None"/>.</param>
internal sealed record Run(int Job, int Attempt, int Delivery, int Process, TimeSpan Due, TimeSpan Started, TimeSpan? Ended = null, RunEnd End = RunEnd.None);

/// <summary>What the handlers of this process do, as it happens. Thread-safe.</summary>
internal sealed class RunLog(string folder) : IDisposable
{
    private readonly RecordFile file = RecordFile.OfThisProcess(folder, "runs");
    private int last;

    /// <returns>The run's number in this process.</returns>
    public int Start(SoakJob job, JobContext context)
    {
        var run = Interlocked.Increment(ref last);
        file.Append(string.Create(CultureInfo.InvariantCulture,
            $"{run} {job.Number} {context.Attempt} {context.Delivery} {job.Due} {MachineClock.Now.Ticks}"));
        return run;
    }

    public void End(int run, RunEnd end) =>
        file.Append(string.Create(CultureInfo.InvariantCulture, $"{run} {end} {MachineClock.Now.Ticks}"));

    public void Dispose() => file.Dispose();

    public static IReadOnlyList<Run> ReadAll(string folder) => [.. Directory.EnumerateFiles(folder, "runs-*.log").SelectMany(Read)];

    private static IEnumerable<Run> Read(string path)
    {
        var process = int.Parse(Path.GetFileNameWithoutExtension(path).Split('-')[1], CultureInfo.InvariantCulture);
        var runs = new Dictionary<string, Run>(StringComparer.Ordinal);
        foreach (var words in RecordFile.Lines(path).Select(line => line.Split(' ')))
        {
            if (words is [var run, var end, var ended])
                runs[run] = runs[run] with { End = Enum.Parse<RunEnd>(end), Ended = Time(ended) };
            else
                runs.Add(words[0], new Run(Number(words[1]), Number(words[2]), Number(words[3]), process, Time(words[4]), Time(words[5])));
        }
        return runs.Values;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static TimeSpan Time(string word) => TimeSpan.FromTicks(long.Parse(word, CultureInfo.InvariantCulture));
}
