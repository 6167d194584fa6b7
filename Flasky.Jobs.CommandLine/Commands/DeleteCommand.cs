using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class DeleteCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("delete", "Deletes dead jobs: by id, or those of a queue by a filter.") { ChosenJobs.Ids, ChosenJobs.Queue, ChosenJobs.All, SharedOptions.Yes };
        FilterOptions.AddTo(command);
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var (ids, queue, filter) = ChosenJobs.Read(session);
        if (!session.Confirm(queue is null ? $"delete {Words.Count(ids.Count, "dead job")} for ever"
            : $"delete {(filter is null ? "all dead jobs" : "the dead jobs that fit the filter")} of queue '{queue}' for ever"))
            return ExitCodes.Stopped;
        var removed = queue is not null ? await session.Operations.DeleteDeadAsync(queue, filter, cancellationToken) : 0;
        foreach (var id in ids)
        {
            if (await session.Operations.DeleteDeadAsync(id, cancellationToken))
                removed++;
            else
                session.Output.Say($"Job {id} is not dead.");
        }
        session.Output.Write(new Removed(removed), JobsJson.Default.Removed, () => $"{Words.Count(removed, "job")} deleted.");
        return removed < ids.Count ? ExitCodes.NotFound : ExitCodes.Success;
    }
}
