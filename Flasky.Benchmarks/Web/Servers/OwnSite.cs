using System.Diagnostics;

namespace Flasky.Benchmarks.Web.Servers;

/// <summary>The published site on a database with so many posts, in a process of its own.</summary>
internal sealed class OwnSite : IAsyncDisposable
{
    private const string Program = "Flasky.Web";

    private readonly ServingProcess process;

    private OwnSite(ServingProcess process, string database) => (this.process, Database) = (process, database);

    public Uri Address => process.Address;

    /// <summary>The connection string of its database.</summary>
    public string Database { get; }

    public static Task<PublishedProject> PublishAsync(CancellationToken cancellationToken) => PublishedProject.PublishAsync(Program, "the sources", cancellationToken);

    /// <summary>Migrates a new database, makes the reader's account by the site's own command, fills the rest in bulk, and serves.</summary>
    public static async Task<OwnSite> StartAsync(PublishedProject published, OwnPostgres postgres, string redis, int posts, CancellationToken cancellationToken)
    {
        Console.Error.WriteLine($"filling a database with {posts:N0} posts");
        var database = await postgres.CreateDatabaseAsync($"posts_{posts}", cancellationToken);
        await CommandAsync(Start("migrate"), "", cancellationToken);
        await CommandAsync(Start("users", "create", Reader.Name, Reader.Email), Reader.Password, cancellationToken);
        await BulkFill.RunAsync(database, posts, cancellationToken);
        return new OwnSite(await ServingProcess.StartedAsync(Process.Start(Start())!, cancellationToken), database);

        ProcessStartInfo Start(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet", [Path.Combine(published.Folder, $"{Program}.dll"), .. arguments])
            {
                RedirectStandardInput = true,
                UseShellExecute = false,
                WorkingDirectory = published.Folder,
            };
            ServingProcess.Configure(start);
            start.Environment["ConnectionStrings__flaskydb"] = database;
            start.Environment["ConnectionStrings__redis"] = redis;
            return start;
        }
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private static async Task CommandAsync(ProcessStartInfo start, string input, CancellationToken cancellationToken)
    {
        using var command = Process.Start(start)!;
        await command.StandardInput.WriteLineAsync(input.AsMemory(), cancellationToken);
        command.StandardInput.Close();
        var output = command.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = await command.StandardError.ReadToEndAsync(cancellationToken);
        await command.WaitForExitAsync(cancellationToken);
        if (command.ExitCode != 0)
            throw new InvalidOperationException($"{Program} {start.ArgumentList[1]} ended with code {command.ExitCode}. {errors}{await output}");
    }
}
