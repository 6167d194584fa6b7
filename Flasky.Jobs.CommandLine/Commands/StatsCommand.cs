using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class StatsCommand
{
    private static readonly Argument<string[]> Queues = new("queue") { Description = "The queues. None: all that are known.", Arity = ArgumentArity.ZeroOrMore };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("stats", "Shows queues in figures.") { Queues };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> queues = session.Arguments.GetValue(Queues) is { Length: > 0 } named ? named : await session.Operations.ListQueuesAsync(cancellationToken);
        var found = new List<QueueStatistics>();
        foreach (var queue in queues)
            found.Add(await session.Operations.GetStatisticsAsync(queue, cancellationToken));
        session.Output.Write(found, JobsJson.Default.IReadOnlyListQueueStatistics, () => Text(found));
        return ExitCodes.Success;
    }

    private static string Text(List<QueueStatistics> queues)
    {
        var table = new Table("QUEUE", "READY", "IN LANES", "RUNNING", "DELAYED", "DEAD", "OLDEST READY", "NEXT DUE", "WORKERS", "");
        foreach (var queue in queues)
        {
            table.Add(queue.Queue, queue.Ready, queue.InLanes, queue.Running, queue.Delayed, queue.Dead, Words.Age(queue.OldestReadyAge),
                Words.Time(queue.NextDueAt), queue.Workers, queue.IsPaused ? $"paused since {Words.Time(queue.PausedAt)}" : "");
        }
        return queues.Count > 0 ? table.ToString() : "No queue is known yet.";
    }
}
