namespace Aspire.Hosting.Engine;

/// <summary>A process to start.</summary>
/// <param name="File">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Directory">Its working directory.</param>
internal sealed record ProcessSpec(string File, IReadOnlyList<string> Arguments, string Directory)
{
    /// <summary>The whole environment; null is the AppHost's.</summary>
    internal IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>What it reads on its standard input, which is then closed.</summary>
    internal string Input { get; init; } = "";

    /// <summary>The user it runs as; null is the AppHost's.</summary>
    internal string? User { get; init; }

    /// <summary>How it is asked to stop.</summary>
    internal Signal StopSignal { get; init; } = Signal.Terminate;

    /// <summary>Takes its lines.</summary>
    internal required Action<string, bool> Line { get; init; }
}
