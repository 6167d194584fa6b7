using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class PurgeCommand
{
    private static readonly Option<JobState[]> States = new("--state", "-s")
    {
        Description = "Which jobs: ready, scheduled, retrying, failed (dead); several times for several.",
        Required = true,
    };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("purge", "Deletes all jobs of some states of a queue.") { SharedOptions.Queue, States, SharedOptions.Yes };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var (queue, states) = (session.Arguments.GetValue(SharedOptions.Queue)!, session.Arguments.GetValue(States)!);
        if (!session.Confirm($"delete all {string.Join(" and ", states.Select(state => Words.State(state)))} jobs of queue '{queue}' for ever"))
            return ExitCodes.Stopped;
        var removed = await session.Operations.PurgeAsync(queue, states, cancellationToken);
        session.Output.Write(new Removed(removed), JobsJson.Default.Removed, () => $"{Words.Count(removed, "job")} deleted.");
        return ExitCodes.Success;
    }
}
