using System.CommandLine;
using System.Globalization;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class WorkersCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("workers", "Shows the worker processes.");
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var workers = await session.Operations.ListWorkersAsync(cancellationToken);
        session.Output.Write(workers, JobsJson.Default.IReadOnlyListJobWorkerInfo, () => Text(workers, session.Time.GetUtcNow()));
        return ExitCodes.Success;
    }

    private static string Text(IReadOnlyList<JobWorkerInfo> workers, DateTimeOffset now)
    {
        var table = new Table("NAME", "APPLICATION", "VERSION", "QUEUES", "RUNNING", "UP", "HEARTBEAT");
        foreach (var worker in workers)
        {
            table.Add(worker.Name, worker.Application, Words.Line(worker.Version, 20), Words.Line(string.Join(',', worker.Queues), 40),
                string.Create(CultureInfo.InvariantCulture, $"{worker.Running}/{worker.Concurrency}"), Words.Age(now - worker.StartedAt),
                $"{Words.Age(now - worker.SeenAt)} ago{(worker.IsLive ? "" : ", silent")}");
        }
        return workers.Count > 0 ? table.ToString() : "No worker lives.";
    }
}
