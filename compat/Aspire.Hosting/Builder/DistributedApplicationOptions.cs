namespace Aspire.Hosting;

/// <summary>How a distributed application is built.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line; null is none.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; null is the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the AppHost's project; null is the one that the assembly names.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Whether there is no dashboard. The stand-in has none either way.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Whether the lines that resources write also go to the AppHost's logger, as tests want.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Whether the dashboard may be reached without TLS.</summary>
    public bool AllowUnsecuredTransport { get; set; }
}

/// <summary>A mistake in the model, or something that keeps the application from running. Its message is for the developer.</summary>
public class DistributedApplicationException : Exception
{
    /// <summary>Without a message.</summary>
    public DistributedApplicationException()
    {
    }

    /// <summary>With a message.</summary>
    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>What the AppHost is asked to do.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>Run the application on this machine.</summary>
    Run,

    /// <summary>Describe the application for a deployment.</summary>
    Publish,
}

/// <summary>What the AppHost is asked to do.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>What the AppHost is asked to do.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether the application is published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>Whether the application runs.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;
}
