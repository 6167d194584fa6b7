namespace Aspire.Hosting.ApplicationModel;

/// <summary>Makes a resource wait for another one before it starts.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The resource to wait for.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What to wait for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>What to do when the other resource ends or fails; null is the application's default.</summary>
    public WaitBehavior? WaitBehavior { get; init; }

    /// <summary>The exit code that counts as completed.</summary>
    public int ExitCode { get; } = exitCode;
}

/// <summary>What to wait for.</summary>
public enum WaitType
{
    /// <summary>Running, and every health check passes.</summary>
    WaitUntilHealthy,

    /// <summary>Ended, with the expected exit code.</summary>
    WaitForCompletion,

    /// <summary>Running.</summary>
    WaitUntilStarted,
}

/// <summary>What to do when a resource that is waited for ends or fails.</summary>
public enum WaitBehavior
{
    /// <summary>Go on waiting: it may be started again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Give up.</summary>
    StopOnResourceUnavailable,
}
