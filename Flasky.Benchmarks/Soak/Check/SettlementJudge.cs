using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Flasky.Benchmarks.Soak.Check;

/// <summary>
/// Keeps the books of who owns which delivery, from the lines that MONITOR gives: a worker's script line names the
/// worker, and the script's own commands follow it. One that settles, renews or hands back what another took over, or what is
/// settled already, is found.
/// </summary>
internal sealed partial class SettlementJudge
{
    private readonly Dictionary<string, string> owners = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> foreign = new();
    private string? caller;
    private bool reaping;

    /// <summary>How many were seen.</summary>
    public int Settlements { get; private set; }

    /// <summary>Those of a worker that had lost the job, for people.</summary>
    public IReadOnlyCollection<string> Foreign => foreign;

    /// <summary>After a gap nothing is known of what came before.</summary>
    public void Forget()
    {
        owners.Clear();
        caller = null;
    }

    public void Hear(string line)
    {
        if (!Lua().IsMatch(line))
        {
            caller = Consumer().Match(line) is { Success: true } match ? match.Groups["name"].Value : null;
            reaping = false;
        }
        else if (caller is not null)
        {
            HearScript(line, Words().Matches(line).Select(word => word.Groups["word"].Value).ToArray(), caller);
        }
    }

    private void HearScript(string line, string[] words, string worker)
    {
        switch (words)
        {
            case ["XPENDING", ..] when line.Contains("\"IDLE\"", StringComparison.Ordinal):
                reaping = true;
                break;
            case ["XCLAIM", _, _, var owner, ..]:
                // With JUSTID a script renews or hands back what its caller holds; without, the caller takes over.
                if (words[^1] == "JUSTID")
                    Check(words, worker, owner == worker ? "renewed" : "handed back");
                foreach (var entry in Entries(words))
                    owners[entry] = owner;
                break;
            // The reaper parks what nobody owns any more.
            case ["XDEL", ..]:
                if (!reaping)
                    Check(words, worker, "settled");
                foreach (var entry in Entries(words))
                {
                    owners[entry] = $"{worker} (settled)";
                    Settlements++;
                }
                break;
        }
    }

    private void Check(string[] words, string worker, string what)
    {
        foreach (var entry in Entries(words))
        {
            if (owners.TryGetValue(entry, out var owner) && owner != worker)
                foreign.Enqueue($"{worker} {what} entry {entry}, which {owner} had.");
        }
    }

    private static IEnumerable<string> Entries(string[] words) => words.Where(word => Entry().IsMatch(word));

    [GeneratedRegex(@"^\+?[\d.]+ \[\d+ lua\] ", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Lua();

    [GeneratedRegex(@"""workers"" ""(?<name>[^"" ]+:\d+:[0-9a-f]{8})""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Consumer();

    [GeneratedRegex(@"""(?<word>(\\.|[^""\\])*)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Words();

    [GeneratedRegex(@"^\d+-\d+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Entry();
}
