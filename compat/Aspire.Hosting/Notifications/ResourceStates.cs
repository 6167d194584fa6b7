namespace Aspire.Hosting.ApplicationModel;

/// <summary>The states that resources go through.</summary>
public static class KnownResourceStates
{
    /// <summary>It is being started.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It could not be started.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>It is being stopped.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A server has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A project's process has ended, whatever its exit code.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It was not started yet.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>The states that a resource does not leave by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>How a state is shown.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>All is well.</summary>
    public static readonly string Success = "success";

    /// <summary>Something is wrong.</summary>
    public static readonly string Error = "error";
}

/// <summary>A state, and how it is shown.</summary>
/// <param name="Text">One of <see cref="KnownResourceStates" />.</param>
/// <param name="Style">One of <see cref="KnownResourceStateStyles" />, or null.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}
