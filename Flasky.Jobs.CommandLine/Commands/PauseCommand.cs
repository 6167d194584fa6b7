using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class PauseCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("pause", "Hands out nothing more of a queue; what runs goes on, what is enqueued waits.") { SharedOptions.Queue };
        CommandSession.Bind(command, connection, async (session, cancellationToken) =>
        {
            var changed = await session.Operations.PauseAsync(session.Arguments.GetValue(SharedOptions.Queue)!, cancellationToken);
            session.Output.Write(new Changed(changed), JobsJson.Default.Changed, () => changed ? "Paused." : "It was paused already.");
            return ExitCodes.Success;
        });
        return command;
    }
}
