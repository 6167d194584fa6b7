using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class RetryCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("retry", "Makes jobs ready now: by id (dead or waiting ones), or dead ones of a queue by a filter.") { ChosenJobs.Ids, ChosenJobs.Queue, ChosenJobs.All };
        FilterOptions.AddTo(command);
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var (ids, queue, filter) = ChosenJobs.Read(session);
        var done = queue is not null ? await session.Operations.RetryDeadAsync(queue, filter, cancellationToken) : new JobRetries(0, 0);
        foreach (var id in ids)
        {
            var one = await session.Operations.RetryAsync(id, cancellationToken);
            if (one is { Retried: 0, Refused: 0 })
                session.Output.Say($"Job {id} is neither dead nor does it wait for a time.");
            done = new JobRetries(done.Retried + one.Retried, done.Refused + one.Refused);
        }
        session.Output.Write(done, JobsJson.Default.JobRetries, () =>
            $"{Words.Count(done.Retried, "job")} ready again.{(done.Refused > 0 ? $" {Words.Count(done.Refused, "job")} refused: another job has the unique key." : "")}");
        return ids.Count > 0 && done.Retried < ids.Count ? ExitCodes.NotFound : ExitCodes.Success;
    }
}
