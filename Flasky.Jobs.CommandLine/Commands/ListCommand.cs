using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;

namespace Flasky.Jobs.CommandLine.Commands;

internal static class ListCommand
{
    private static readonly Option<JobState> State = new("--state", "-s") { Description = "Which jobs: ready, running, scheduled, retrying or failed (dead).", DefaultValueFactory = _ => JobState.Failed };
    private static readonly Option<int> PageSize = new("--limit", "-n") { Description = "Jobs at most, up to 256.", DefaultValueFactory = _ => 50 };
    private static readonly Option<string?> After = new("--after") { Description = "Go on where the last page ended: what it said to be next." };
    private static readonly Argument<string> Queue = new("queue") { Description = "The queue.", DefaultValueFactory = _ => "default" };

    public static Command Create(JobsConnection connection)
    {
        var command = new Command("list", "Lists jobs of one state, page by page.") { Queue, State, PageSize, After };
        FilterOptions.AddTo(command);
        CommandSession.Bind(command, connection, RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(CommandSession session, CancellationToken cancellationToken)
    {
        var arguments = session.Arguments;
        var page = await session.Operations.ListAsync(arguments.GetValue(Queue)!, new JobQuery
        {
            State = arguments.GetValue(State),
            Filter = FilterOptions.Read(session),
            PageSize = arguments.GetValue(PageSize),
            After = arguments.GetValue(After),
        }, cancellationToken);
        session.Output.Write(page, JobsJson.Default.JobPage, () => Text(page));
        if (page.Next is { } next)
            session.Output.Say($"There may be more: go on with --after {next}");
        return ExitCodes.Success;
    }

    private static string Text(JobPage page)
    {
        var table = new Table("ID", "NAME", "SINCE", "ATTEMPTS", "PRIORITY", "ARGUMENTS", "ERROR OR WORKER");
        foreach (var job in page.Jobs)
        {
            table.Add(job.Id, job.Name, Words.Time(job.Since), job.Attempts, Words.State(job.Priority),
                Words.Line(job.Arguments, 40), Words.Line(job.Worker ?? job.Error, 60));
        }
        return page.Jobs.Count > 0 ? table.ToString() : "No such job.";
    }
}
