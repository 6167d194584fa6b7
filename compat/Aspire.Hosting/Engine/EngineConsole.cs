using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>What the developer sees: each line says which resource it comes from. Thread-safe.</summary>
internal sealed partial class EngineConsole(EngineSettings settings, DistributedApplicationOptions options, ResourceLoggerService logs, ILoggerFactory loggers, IHostEnvironment environment)
{
    private readonly Lock gate = new();
    private readonly bool plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    /// <summary>Tells where everything is.</summary>
    internal void Welcome(DistributedApplicationModel model, DataFolder data)
    {
        var addresses = model.Resources
            .SelectMany(resource => resource.Annotations.OfType<EndpointAnnotation>().Select(endpoint => $"  {resource.Name,-10} {endpoint.AllocatedEndpoint!.UriString}"));
        Print(string.Join(Environment.NewLine, ["Addresses (without containers: this machine's own servers):", .. addresses, $"  {"data",-10} {data.Path}", "Press Ctrl+C to stop."]));
    }

    /// <summary>Passes on a line that a resource wrote.</summary>
    /// <param name="replica">Where it comes from.</param>
    /// <param name="line">The line.</param>
    /// <param name="isError">Whether it came by the error stream.</param>
    /// <param name="show">Whether the developer should see it.</param>
    internal void Line(Replica replica, string line, bool isError, bool show = true)
    {
        logs.Log(replica.Resource.Name).Add(line, isError);
        if (options.EnableResourceLogging)
            Forward(replica, line, isError);
        if (show)
            Print($"[{replica.Label}] {(plain ? Colours().Replace(line, "") : line)}");
    }

    internal void Say(string label, string text) => Print($"[{label}] {text}");

    internal void Problem(string label, string text, Exception? exception = null)
    {
        logs.Log(label).Add(text, isError: true);
        Problem($"[{label}] {text}{(exception is null ? "" : Environment.NewLine + exception)}");
    }

    /// <summary>Tells of something that keeps the application from running.</summary>
    internal void Problem(string text)
    {
        if (settings.IsTest)
            return;

        lock (gate)
            Console.Error.WriteLine(text);
    }

    private void Forward(Replica replica, string line, bool isError)
    {
        var logger = loggers.CreateLogger($"{environment.ApplicationName}.Resources.{replica.Resource.Name}");
        if (isError)
            LogErrorLine(logger, line);
        else
            LogLine(logger, line);
    }

    private void Print(string text)
    {
        if (settings.IsTest)
            return;

        lock (gate)
            Console.WriteLine(text);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Line}")]
    private static partial void LogLine(ILogger logger, string line);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Line}")]
    private static partial void LogErrorLine(ILogger logger, string line);

    [GeneratedRegex(@"\x1B\[[0-9;]*m", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Colours();
}
