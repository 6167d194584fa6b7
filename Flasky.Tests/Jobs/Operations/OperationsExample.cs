using Flasky.Jobs;
using Flasky.Jobs.CommandLine;

namespace Flasky.Tests.Jobs.Operations;

/// <summary>The code of docs/operations.md.</summary>
internal static class OperationsExample
{
    public static async Task<int> MainAsync(string[] args, Func<Task<int>> run)
    {
        if (await JobsCommandLine.RunAsync(args) is { } exitCode)
            return exitCode;
        return await run();
    }

    public static async Task<JobRetries> AfterTheMailServerIsBackAsync(IJobOperations operations, CancellationToken cancellationToken)
    {
        var refused = new JobFilter { Name = "mail.newsletter", ErrorText = "421 " };
        return await operations.RetryDeadAsync("mail", refused, cancellationToken);
    }

    public static async Task PrintDeadAsync(IJobOperations operations, CancellationToken cancellationToken)
    {
        var query = new JobQuery { State = JobState.Failed, PageSize = 100 };
        do
        {
            var page = await operations.ListAsync("mail", query, cancellationToken);
            foreach (var job in page.Jobs)
                Console.WriteLine($"{job.Id} {job.Since:O} {job.Error}");
            query = query with { After = page.Next };
        }
        while (query.After is not null);
    }

    public static async Task BeforeAnUpdateAsync(IJobOperations operations, CancellationToken cancellationToken)
    {
        await operations.DrainAsync("mail", cancellationToken: cancellationToken);
        await operations.PauseAsync("mail", cancellationToken);
    }
}
