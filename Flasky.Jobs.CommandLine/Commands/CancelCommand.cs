using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class CancelCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("cancel", "Cancels a job that waits, is ready or runs.") { SharedOptions.Id };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var outcome = await session.Operations.CancelAsync(session.Arguments.GetValue(SharedOptions.Id), cancellationToken);
        session.Output.Write(new Cancelled(outcome), JobsJson.Default.Cancelled, () => outcome switch
        {
            JobCancellation.Cancelled => "Cancelled: it will not run.",
            JobCancellation.Requested => "Requested: it will not start any more, and if it runs it was told to stop.",
            _ => "Too late: it had ended.",
        });
        return outcome == JobCancellation.TooLate ? ExitCodes.NotFound : ExitCodes.Success;
    }
}
