using System.CommandLine;
using System.Globalization;
using System.Text;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class ShowCommand
{
    public static Command Create(JobsConnection connection)
    {
        var command = new Command("show", "Shows all that is known of a job.") { SharedOptions.Id };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var id = session.Arguments.GetValue(SharedOptions.Id);
        if (await session.Operations.FindAsync(id, cancellationToken) is not { } job)
        {
            session.Output.Say($"Nothing is known of job {id}. Untracked jobs leave nothing behind when they succeed.");
            return ExitCodes.NotFound;
        }
        session.Output.Write(job, JobsJson.Default.JobDetails, () => Text(job));
        return ExitCodes.Success;
    }

    private static string Text(JobDetails job)
    {
        var text = new StringBuilder();
        void Line(string what, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(what.PadRight(11)).AppendLine(value);
        }
        var status = job.Status;
        Line("id", status.Id.ToString());
        Line("name", status.Name);
        Line("state", Words.State(status.State));
        Line("attempt", status.Attempt.ToString(CultureInfo.InvariantCulture));
        Line("priority", job.Priority is { } priority ? Words.State(priority) : null);
        Line("created", job.CreatedAt is null ? null : Words.Time(job.CreatedAt));
        Line("due", status.DueAt is null ? null : Words.Time(status.DueAt));
        Line("worker", status.Worker);
        Line("progress", status.Progress is { } progress ? string.Create(CultureInfo.InvariantCulture, $"{progress.Fraction:P0} {progress.Message}") : null);
        Line("arguments", job.Arguments);
        Line("result", status.Result);
        foreach (var (name, value) in job.Headers.OrderBy(header => header.Key, StringComparer.Ordinal))
            Line("header", $"{name}: {value}");
        foreach (var entry in status.History)
            Line("history", $"{Words.Time(entry.At)} {Words.State(entry.State)}, attempt {entry.Attempt.ToString(CultureInfo.InvariantCulture)}{(entry.Worker is { } worker ? $", {worker}" : "")}{(entry.Error is { } error ? $": {Words.Line(error, 120)}" : "")}");
        Line("error", status.Error);
        return text.ToString().TrimEnd();
    }
}
