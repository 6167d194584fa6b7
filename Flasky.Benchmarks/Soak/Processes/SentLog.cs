using System.Globalization;

namespace Flasky.Benchmarks.Soak.Processes;

/// <summary>What a producer meant to send, noted before, and what the queue acknowledged, noted after.</summary>
internal sealed class SentLog(string folder, int producer) : IDisposable
{
    private const string Intended = "I";
    private const string Acknowledged = "A";

    private readonly RecordFile file = RecordFile.OfThisProcess(folder, $"sent-{producer}");

    public void Intend(IEnumerable<int> jobs) => Append(Intended, jobs);

    public void Acknowledge(IEnumerable<int> jobs) => Append(Acknowledged, jobs);

    public void Dispose() => file.Dispose();

    /// <summary>The first job that no earlier process of this producer meant to send; null: none of them meant any.</summary>
    public static int? Next(string folder, int producer) =>
        Directory.EnumerateFiles(folder, $"sent-{producer}-*.log").SelectMany(Read).SelectMany(line => line.Jobs).Select(job => (int?)job + 1).Max();

    /// <summary>Every job that was meant to be sent, with the time of its acknowledgement; null: it may or may not have arrived.</summary>
    public static Dictionary<int, TimeSpan?> ReadAll(string folder)
    {
        var sent = new Dictionary<int, TimeSpan?>();
        foreach (var (kind, time, jobs) in Directory.EnumerateFiles(folder, "sent-*.log").SelectMany(Read))
        {
            foreach (var job in jobs)
            {
                if (kind == Acknowledged)
                    sent[job] = time;
                else
                    sent.TryAdd(job, null);
            }
        }
        return sent;
    }

    private void Append(string kind, IEnumerable<int> jobs) =>
        file.Append(string.Create(CultureInfo.InvariantCulture, $"{kind} {MachineClock.Now.Ticks} {string.Join(' ', jobs)}"));

    private static IEnumerable<(string Kind, TimeSpan Time, int[] Jobs)> Read(string path) => RecordFile.Lines(path)
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(words => (words[0],
            TimeSpan.FromTicks(long.Parse(words[1], CultureInfo.InvariantCulture)),
            Array.ConvertAll(words[2..], word => int.Parse(word, CultureInfo.InvariantCulture))));
}
