using System.CommandLine;
using Flasky.Jobs.CommandLine.Output;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Flasky.Jobs.CommandLine;

/// <summary>One run of one command: its services, and where it writes to.</summary>
internal sealed class CommandSession(IServiceProvider services, ParseResult arguments)
{
    public ParseResult Arguments => arguments;

    public IJobOperations Operations => services.GetRequiredService<IJobOperations>();

    public IRecurringJobs Recurring => services.GetRequiredService<IRecurringJobs>();

    public TimeProvider Time => services.GetRequiredService<TimeProvider>();

    public CommandOutput Output { get; } = new(Console.Out, Console.Error, arguments.GetValue(SharedOptions.Json));

    /// <summary>Makes a command do something.</summary>
    public static void Bind(Command command, JobsConnection connection, Func<CommandSession, CancellationToken, Task<int>> run)
    {
        command.Options.Add(SharedOptions.Json);
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments, connection, run, cancellationToken));
    }

    /// <summary>Asks before something that cannot be undone.</summary>
    /// <returns>Whether to go on.</returns>
    /// <exception cref="UsageException">There is nobody to ask.</exception>
    public bool Confirm(string what)
    {
        if (arguments.GetValue(SharedOptions.Yes))
            return true;
        if (Console.IsInputRedirected)
            throw new UsageException($"This would {what}. Say --yes to do so.");
        Console.Error.Write($"This will {what}. Type 'yes' to go on: ");
        return Console.ReadLine() == "yes";
    }

    private static async Task<int> RunAsync(
        ParseResult arguments, JobsConnection connection, Func<CommandSession, CancellationToken, Task<int>> run, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder();
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString(connection.Name)))
        {
            return Fail(ExitCodes.ConfigurationError,
                $"ConnectionStrings:{connection.Name} is not set. Set the environment variable ConnectionStrings__{connection.Name}, for example to localhost:6379,password=...");
        }
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.AddFlaskyJobs(connection.Name, connection.Configure);
        // Not started: it serves nothing.
        using var host = builder.Build();
        try
        {
            return await run(new CommandSession(host.Services, arguments), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is JobQueueUnavailableException or RedisException)
        {
            return Fail(ExitCodes.Unavailable, e.Message);
        }
        catch (Exception e) when (e is UsageException or ArgumentException or FormatException or InvalidOperationException)
        {
            return Fail(ExitCodes.Usage, e.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCodes.Stopped;
        }
    }

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine(message);
        return exitCode;
    }
}
