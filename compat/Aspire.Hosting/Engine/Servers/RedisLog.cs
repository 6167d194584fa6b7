namespace Aspire.Hosting.Engine;

/// <summary>Shows what matters of a Redis server's log, and says plainly when its disk is full.</summary>
internal sealed class RedisLog(Replica replica, string folder, EngineConsole console)
{
    private const string NoSpace = "No space left on device";
    private const string SpaceAgain = "AOF write error looks solved";

    private static readonly string[] Trouble = ["error", "fail", "fatal", "can't", "could not", "unable", "bad "];

    private bool diskIsFull;

    internal void Line(string line, bool isError)
    {
        if (line.Contains(SpaceAgain, StringComparison.Ordinal) && diskIsFull)
        {
            diskIsFull = false;
            console.Say(replica.Label, "can write its append-only file again.");
        }

        // Redis repeats the error each second until there is room; once is enough.
        var full = line.Contains(NoSpace, StringComparison.Ordinal);
        console.Line(replica, line, isError, show: IsTrouble(line) && !full);
        if (full && !diskIsFull)
        {
            diskIsFull = true;
            console.Problem(replica.Label, $"cannot write to {folder}: the disk is full. It refuses writes until there is room.");
        }
    }

    // Redis marks warnings with "#", but also its greetings; and mistakes in the configuration have no mark at all.
    private static bool IsTrouble(string line) => !line.Contains("WARNING", StringComparison.Ordinal) && Trouble.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
}
