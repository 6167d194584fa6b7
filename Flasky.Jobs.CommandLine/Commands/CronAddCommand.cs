using System.CommandLine;
using System.Text.Json;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class CronAddCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "The recurring job's name, unique in the queue." };
    private static readonly Option<string> Job = new("--job") { Description = "The wire name of its jobs.", Required = true };
    private static readonly Option<string> Arguments = new("--args") { Description = "The arguments of its jobs, as JSON.", DefaultValueFactory = _ => "{}" };
    private static readonly Option<string?> Cron = new("--cron") { Description = "A cron expression: '0 7 * * MON'." };
    private static readonly Option<string?> Zone = new("--zone") { Description = "The time zone of --cron, as Europe/Berlin. Default: UTC." };
    private static readonly Option<string?> Every = new("--every") { Description = "Or an interval: 30s, 15m, 2h, 7d." };
    private static readonly Option<MissedTicks> Missed = new("--missed") { Description = "What becomes of ticks that passed meanwhile: runOnce, skip or runAll.", DefaultValueFactory = _ => MissedTicks.RunOnce };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("add", "Adds a recurring job, or changes the one of that name.") { Name, Job, Arguments, Cron, Zone, Every, Missed, SharedOptions.InQueue };
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var arguments = session.Arguments;
        var job = new JobEnvelope
        {
            Id = JobId.New(arguments.GetValue(SharedOptions.InQueue)!, session.Time),
            Name = arguments.GetValue(Job)!,
            Arguments = Json(arguments.GetValue(Arguments)!),
            Headers = new Dictionary<string, string>(StringComparer.Ordinal),
            CreatedAt = session.Time.GetUtcNow(),
        };
        await session.Recurring.SetAsync(arguments.GetValue(Name)!, job, Schedule(arguments),
            new RecurringOptions { MissedTicks = arguments.GetValue(Missed) }, cancellationToken);
        session.Output.Write(new Changed(true), JobsJson.Default.Changed, () => "Done.");
        return ExitCodes.Success;
    }

    private static JobSchedule Schedule(ParseResult arguments) => (arguments.GetValue(Cron), Values.Duration("--every", arguments.GetValue(Every)), arguments.GetValue(Zone)) switch
    {
        ({ } cron, null, null) => JobSchedule.Cron(cron),
        ({ } cron, null, { } zone) => JobSchedule.Cron(cron, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found
            : throw new UsageException($"--zone is '{zone}', which this system does not know; expected a name as Europe/Berlin.")),
        (null, { } every, null) => JobSchedule.Every(every),
        _ => throw new UsageException("Say when: --cron EXPRESSION, with or without --zone, or --every DURATION."),
    };

    private static string Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.GetRawText();
        }
        catch (JsonException e)
        {
            throw new UsageException($"--args is no JSON: {e.Message}");
        }
    }
}
