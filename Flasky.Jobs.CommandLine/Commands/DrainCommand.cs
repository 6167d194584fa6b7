using System.CommandLine;
using System.Globalization;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class DrainCommand
{
    private static readonly Option<bool> AlsoDelayed = new("--delayed") { Description = "Wait also for jobs that wait for a time." };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("drain", "Waits until nothing of a queue is ready or running. Stop its producers first: it stops nobody from enqueueing.") { SharedOptions.Queue, AlsoDelayed };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var queue = session.Arguments.GetValue(SharedOptions.Queue)!;
        await session.Operations.DrainAsync(queue, session.Arguments.GetValue(AlsoDelayed), new Progress(session.Output), cancellationToken);
        var end = await session.Operations.GetStatisticsAsync(queue, cancellationToken);
        session.Output.Write(end, JobsJson.Default.QueueStatistics, () => "Drained.");
        return ExitCodes.Success;
    }

    /// <summary>Says how far it is when that has changed.</summary>
    private sealed class Progress(CommandOutput output) : IProgress<QueueStatistics>
    {
        private string last = "";

        void IProgress<QueueStatistics>.Report(QueueStatistics value)
        {
            var now = string.Create(CultureInfo.InvariantCulture, $"{value.Ready} ready, {value.Running} running, {value.Delayed} delayed, {Words.Count(value.Workers, "worker")}");
            if (now != last)
                output.Say(last = now);
        }
    }
}
