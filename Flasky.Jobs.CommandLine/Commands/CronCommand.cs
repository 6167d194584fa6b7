using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

/// <summary>Recurring jobs.</summary>
internal static class CronCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The recurring job's name." };

    public static Command Create(JobsConnection connection) => new("cron", "Shows and changes recurring jobs.")
    {
        List(connection),
        CronAddCommand.Create(connection),
        Change(connection, "pause", "Stops its ticks until it is resumed.", (jobs, name, queue, stop) => jobs.PauseAsync(name, queue, stop)),
        Change(connection, "resume", "Goes on with a paused one.", (jobs, name, queue, stop) => jobs.ResumeAsync(name, queue, stop)),
        Trigger(connection),
        Change(connection, "remove", "Removes it.", (jobs, name, queue, stop) => jobs.RemoveAsync(name, queue, stop), asks: true),
    };

    private static Command List(JobsConnection connection)
    {
        var command = new Command("list", "Shows the recurring jobs of a queue.") { SharedOptions.InQueue };
        CommandSession.Bind(command, connection, async (session, cancellationToken) =>
        {
            var jobs = await session.Recurring.ListAsync(session.Arguments.GetValue(SharedOptions.InQueue)!, cancellationToken);
            session.Output.Write(jobs, JobsJson.Default.IReadOnlyListRecurringJob, () => Text(jobs));
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Trigger(JobsConnection connection)
    {
        var command = new Command("trigger", "Enqueues its job now; its ticks stay as they are.") { Name, SharedOptions.InQueue };
        CommandSession.Bind(command, connection, async (session, cancellationToken) =>
        {
            if (await session.Recurring.TriggerAsync(session.Arguments.GetValue(Name)!, session.Arguments.GetValue(SharedOptions.InQueue)!, cancellationToken) is not { } id)
                return NotFound(session);
            session.Output.Write(new Triggered(id), JobsJson.Default.Triggered, () => $"Enqueued as {id}.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static Command Change(JobsConnection connection, string verb, string description,
        Func<IRecurringJobs, string, string, CancellationToken, Task<bool>> change, bool asks = false)
    {
        var command = new Command(verb, description) { Name, SharedOptions.InQueue };
        if (asks)
            command.Options.Add(SharedOptions.Yes);
        CommandSession.Bind(command, connection, async (session, cancellationToken) =>
        {
            var (name, queue) = (session.Arguments.GetValue(Name)!, session.Arguments.GetValue(SharedOptions.InQueue)!);
            if (asks && !session.Confirm($"{verb} the recurring job '{name}' of queue '{queue}'"))
                return ExitCodes.Stopped;
            if (!await change(session.Recurring, name, queue, cancellationToken))
                return NotFound(session);
            session.Output.Write(new Changed(true), JobsJson.Default.Changed, () => "Done.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static int NotFound(CommandSession session)
    {
        session.Output.Say($"The queue '{session.Arguments.GetValue(SharedOptions.InQueue)}' has no recurring job '{session.Arguments.GetValue(Name)}'.");
        return ExitCodes.NotFound;
    }

    private static string Text(IReadOnlyList<RecurringJob> jobs)
    {
        var table = new Table("NAME", "JOB", "SCHEDULE", "NEXT", "LAST", "DECLARED BY", "");
        foreach (var job in jobs)
            table.Add(job.Name, job.Job, job.Schedule, Words.Time(job.NextTick), Words.Time(job.LastTick), job.DeclaredBy ?? "-", job.IsPaused ? "paused" : "");
        return jobs.Count > 0 ? table.ToString() : "The queue has no recurring job.";
    }
}
