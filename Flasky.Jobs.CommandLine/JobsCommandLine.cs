using System.CommandLine;
using Flasky.Jobs.CommandLine.Commands;

namespace Flasky.Jobs.CommandLine;

/// <summary>
/// The commands <c>jobs ...</c> of an application. They come before its host is built, so they start no worker and ask for none of its other
/// settings: the Redis connection string is all they need.
/// </summary>
public static class JobsCommandLine
{
    /// <summary>Runs a command, if the arguments begin with <c>jobs</c>.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="connectionName">Redis is what <c>ConnectionStrings:{connectionName}</c> names in the application's configuration.</param>
    /// <param name="configure">What the application says in code when it adds its queues, its key prefix for example. Null: nothing.</param>
    /// <param name="cancellationToken">Stops the command; Ctrl+C does too.</param>
    /// <returns>The program's exit code, see <see cref="ExitCodes"/>. Null: the arguments are not for this; go on.</returns>
    /// <example><code>
    /// if (await JobsCommandLine.RunAsync(args) is { } exitCode)
    ///     return exitCode;
    /// </code></example>
    public static async Task<int?> RunAsync(string[] args, string connectionName = "redis", Action<FlaskyJobsOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is not ["jobs", ..])
            return null;
        var parsed = Root(new JobsConnection(connectionName, configure)).Parse(args);
        var exitCode = await parsed.InvokeAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
    }

    private static RootCommand Root(JobsConnection connection)
    {
        var jobs = new Command("jobs", "Looks at job queues and steps in.")
        {
            StatsCommand.Create(connection),
            WorkersCommand.Create(connection),
            ListCommand.Create(connection),
            ShowCommand.Create(connection),
            RetryCommand.Create(connection),
            DeleteCommand.Create(connection),
            CancelCommand.Create(connection),
            PauseCommand.Create(connection),
            ResumeCommand.Create(connection),
            DrainCommand.Create(connection),
            PurgeCommand.Create(connection),
            TrimCommand.Create(connection),
            CronCommand.Create(connection),
        };
        return new RootCommand("The program itself runs when the first argument is not one of these.") { jobs };
    }
}
