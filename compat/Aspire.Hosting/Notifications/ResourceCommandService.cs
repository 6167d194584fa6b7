using Aspire.Hosting.Engine;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The commands that every resource with a process knows.</summary>
public static class KnownResourceCommands
{
    /// <summary>Starts a resource that has ended.</summary>
    public static readonly string StartCommand = "start";

    /// <summary>Stops a resource that runs.</summary>
    public static readonly string StopCommand = "stop";

    /// <summary>Stops a resource and starts it again.</summary>
    public static readonly string RestartCommand = "restart";
}

/// <summary>How a command ended.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it was done.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was cancelled.</summary>
    public bool Canceled { get; init; }

    /// <summary>What went wrong, or null.</summary>
    public string? Message { get; init; }
}

/// <summary>Starts and stops single resources. Thread-safe.</summary>
public class ResourceCommandService
{
    private readonly Orchestrator orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => this.orchestrator = orchestrator;

    /// <summary>Runs a command on every process of a resource.</summary>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource.Name, commandName, cancellationToken);

    /// <summary>Runs a command on one process, by its id, or on every process of a resource, by its name.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        var controllers = orchestrator.Find(resourceId);
        if (controllers.Count == 0)
            return new() { Success = false, Message = $"Resource '{resourceId}' not found." };

        var start = commandName == KnownResourceCommands.StartCommand || commandName == KnownResourceCommands.RestartCommand;
        var stop = commandName == KnownResourceCommands.StopCommand || commandName == KnownResourceCommands.RestartCommand;
        if (!start && !stop)
            return new() { Success = false, Message = $"Command '{commandName}' not available for resource '{resourceId}'." };

        if (stop)
            await Task.WhenAll(controllers.Select(controller => controller.StopAsync(cancellationToken)));
        if (start)
            await Task.WhenAll(controllers.Select(controller => controller.StartAsync()));
        return new() { Success = true };
    }
}
