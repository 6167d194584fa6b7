using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class TrimCommand
{
    private static readonly Option<int?> Keep = new("--keep") { Description = "How many to keep." };
    private static readonly Option<string?> OlderThan = new("--older-than") { Description = "How long ago they failed at least, as 2h or 7d." };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("trim", "Deletes the oldest dead jobs of a queue.") { SharedOptions.Queue, Keep, OlderThan, SharedOptions.Yes };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var queue = session.Arguments.GetValue(SharedOptions.Queue)!;
        var (keep, age) = (session.Arguments.GetValue(Keep), Values.Duration("--older-than", session.Arguments.GetValue(OlderThan)));
        if (keep is null && age is null)
            throw new UsageException("Say --keep N or --older-than DURATION.");
        if (!session.Confirm($"delete old dead jobs of queue '{queue}' for ever"))
            return ExitCodes.Stopped;
        var removed = await session.Operations.TrimDeadAsync(queue, keep, age, cancellationToken);
        session.Output.Write(new Removed(removed), JobsJson.Default.Removed, () => $"{Words.Count(removed, "job")} deleted.");
        return ExitCodes.Success;
    }
}
