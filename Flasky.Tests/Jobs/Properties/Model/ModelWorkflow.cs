using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>How far a workflow is.</summary>
/// <param name="shape">What follows what.</param>
/// <param name="keptFor">Hours it is kept after anything happened to it, until it has ended.</param>
internal sealed class ModelWorkflow(WorkflowShape shape, int keptFor)
{
    public WorkflowShape Shape => shape;

    /// <summary>Jobs that have begun: false while nobody knows whether they are in their queue.</summary>
    public SortedDictionary<int, bool> Begun { get; } = [];

    public SortedDictionary<int, NodeEnd> Ends { get; } = [];

    /// <summary>Done members, by the node around them.</summary>
    public SortedDictionary<int, int> Done { get; } = [];

    public int Succeeded { get; set; }

    public int Failed { get; set; }

    /// <summary>Dead jobs that it waits for.</summary>
    public int Held { get; set; }

    public int Until { get; private set; }

    /// <summary>Whether a report of it was given up, so that it need not come to an end.</summary>
    public bool IsAbandoned { get; set; }

    public bool HasEnded => Ends.ContainsKey(0);

    public void Keep(int now)
    {
        if (!HasEnded)
            Until = now + keptFor;
    }

    public void End(int now) => Until = now + Terms.TrackedFor;

    /// <summary>In the words of <see cref="Picture"/>.</summary>
    public string Fact(string name, int now)
    {
        var nodes = Begun.Where(begun => !Ends.ContainsKey(begun.Key)).Select(begun => $"{begun.Key}={(begun.Value ? "started" : "starting")}")
            .Concat(Ends.Select(end => $"{end.Key}={Word(end.Value.State)}")).Concat(Done.Select(done => $"done:{done.Key}={done.Value}"));
        var state = Ends.TryGetValue(0, out var root) ? Word(root.State) : "running";
        return $"workflow:{name} {state} succeeded {Succeeded} failed {Failed} held {Held} nodes {string.Join(',', nodes.Order(StringComparer.Ordinal))} for {Until - now}";
    }

    private static string Word(JobState state) => state.ToString().ToLowerInvariant();
}
