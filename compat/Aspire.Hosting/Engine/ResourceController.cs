using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>Takes one process of a resource through its life. Thread-safe.</summary>
internal sealed class ResourceController(Replica replica, IRunner runner, ResourceNotificationService notifications, HealthMonitor health, EngineConsole console, FailureReport failures, StateWriter states) : IDisposable
{
    private readonly SemaphoreSlim commands = new(1, 1);
    private IReadOnlyDictionary<IResource, string[]> processes = new Dictionary<IResource, string[]>();
    private CancellationTokenSource stopping = new();
    private Task life = Task.CompletedTask;
    private IRunning? running;

    internal Replica Replica => replica;

    internal IRunner Runner => runner;

    public void Dispose()
    {
        commands.Dispose();
        stopping.Dispose();
    }

    internal Task StartAsync(IReadOnlyDictionary<IResource, string[]> all)
    {
        processes = all;
        return StartAsync();
    }

    /// <summary>Sets the start in motion, unless it runs already.</summary>
    internal async Task StartAsync()
    {
        await commands.WaitAsync();
        try
        {
            if (!life.IsCompleted)
                return;

            stopping = new CancellationTokenSource();
            states.Write(replica, KnownResourceStates.Starting, snapshot => snapshot with { ExitCode = null, StopTimeStamp = null, HealthReports = [] });
            life = Task.Run(() => LiveAsync(stopping.Token));
        }
        finally
        {
            commands.Release();
        }
    }

    /// <summary>Stops it; returns when it has ended.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await commands.WaitAsync(CancellationToken.None);
        try
        {
            if (life.IsCompleted)
                return;

            states.Write(replica, KnownResourceStates.Stopping);
            await stopping.CancelAsync();
            if (running is not null)
            {
                await running.StopAsync(cancellationToken);
                console.Say(replica.Label, "has stopped.");
            }

            await life;
        }
        finally
        {
            commands.Release();
        }
    }

    private async Task LiveAsync(CancellationToken stop)
    {
        try
        {
            states.Write(replica, KnownResourceStates.Waiting);
            await notifications.WaitForDependenciesAsync(replica.Resource, processes, stop);
            states.Write(replica, KnownResourceStates.Starting);
            await using var started = running = await runner.StartAsync(replica, stop);
            states.WriteRunning(replica, started.ProcessId);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var checks = health.WatchAsync(replica, ended.Token);
            var exitCode = await started.Ended;
            await ended.CancelAsync();
            var wasHealthy = await checks;
            if (!stop.IsCancellationRequested)
                failures.Ended(replica, runner, exitCode, wasHealthy);
            states.WriteEnded(replica, exitCode);
            failures.EndIfNothingIsLeft();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            states.WriteEnded(replica, exitCode: null);
        }
        catch (Exception problem)
        {
            failures.NotStarted(replica, runner, problem);
            states.Write(replica, KnownResourceStates.FailedToStart, snapshot => snapshot with { State = new(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) });
            failures.EndIfNothingIsLeft();
        }
        finally
        {
            running = null;
        }
    }
}
