using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class ResumeCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("resume", "Goes on with a paused queue.") { SharedOptions.Queue };
        CommandSession.Bind(command, connection, async (session, cancellationToken) =>
        {
            var changed = await session.Operations.ResumeAsync(session.Arguments.GetValue(SharedOptions.Queue)!, cancellationToken);
            session.Output.Write(new Changed(changed), JobsJson.Default.Changed, () => changed ? "Resumed." : "It was not paused.");
            return ExitCodes.Success;
        });
        return command;
    }
}
