using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>Tells of what ended or did not start, in one line each, and ends the AppHost when nothing can go on.</summary>
internal sealed class FailureReport(ResourceNotificationService notifications, DistributedApplicationModel model, ResourceLoggerService logs, EngineSettings settings, EngineConsole console, IHostApplicationLifetime lifetime)
{
    private const int SignalBase = 128;
    private const int LastLines = 3;

    internal void Ended(Replica replica, IRunner runner, int exitCode, bool wasHealthy)
    {
        if (runner.IsEssential && !wasHealthy)
        {
            var lastWords = string.Join(Environment.NewLine, logs.Log(replica.Resource.Name).Last(LastLines).Select(line => "  " + line.Content));
            console.Problem(replica.Label, $"could not start (exit code {exitCode}{Signal(exitCode)}):{Environment.NewLine}{lastWords}");
            End("The application cannot run without it.");
        }
        else if (exitCode == 0)
            console.Say(replica.Label, "has finished.");
        else
            console.Problem(replica.Label, $"has ended with exit code {exitCode}{Signal(exitCode)}. It is not started again; the rest goes on.");
    }

    internal void NotStarted(Replica replica, IRunner runner, Exception problem)
    {
        var follows = problem is DependencyFailedException;
        // What could not start first has been told already.
        if (follows && lifetime.ApplicationStopping.IsCancellationRequested)
            return;

        console.Problem(replica.Label, $"was not started: {problem.Message}", problem is DistributedApplicationException or IOException or UnauthorizedAccessException ? null : problem);
        if (runner.IsEssential && !follows)
            End("The application cannot run without it.");
    }

    // Without a dashboard nobody could start a project again, so an AppHost without projects only looks alive.
    internal void EndIfNothingIsLeft()
    {
        var projects = model.Resources.OfType<ProjectResource>().SelectMany(project => notifications.CurrentOf(project)).ToArray();
        if (projects.Length > 0 && projects.All(project => ResourceNotificationService.HasEnded(project.Snapshot)) && projects.Any(project => project.Snapshot.ExitCode != 0))
            End("No project is left running.");
    }

    private static string Signal(int exitCode) => exitCode > SignalBase ? $" (signal {exitCode - SignalBase})" : "";

    private void End(string why)
    {
        // A test decides for itself what a failure means.
        if (settings.IsTest || lifetime.ApplicationStopping.IsCancellationRequested)
            return;

        console.Problem($"{why} Stopping.");
        Environment.ExitCode = 1;
        lifetime.StopApplication();
    }
}
