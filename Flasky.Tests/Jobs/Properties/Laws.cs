using Flasky.Jobs;
using Flasky.Jobs.Workflows;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>What must hold whatever the model says: should the model have the same mistake as the queue, these have not.</summary>
internal static class Laws
{
    /// <param name="facts">What Redis holds.</param>
    /// <exception cref="StoryException">One is broken.</exception>
    public static void Check(World world, IReadOnlyList<string> facts)
    {
        var places = facts.Select(fact => fact.Split(' ')).Where(words => words[0] is "stream" or "scheduled" or "dead" or "waiting")
            .Select(words => words[0] == "stream" ? words[4] : words.First(word => word.StartsWith('#')));
        foreach (var twice in places.Where(id => !world.Model.IsReport(id)).GroupBy(id => id).Where(id => id.Count() > 1))
            throw new StoryException($"{twice.Key} is in {twice.Count()} places.");
        foreach (var fact in facts.Where(fact => fact.EndsWith("for ever", StringComparison.Ordinal)))
            throw new StoryException($"'{fact}': it has no TTL.");
        foreach (var unique in world.Model.Live.Where(job => job.Wishes is { Unique: not null, Until: UniqueUntil.Ended })
            .Where(job => !world.Promised.Contains(job.Id)).GroupBy(job => job.Wishes.Unique))
        {
            // The TTL of a key is a backstop, and longer than most stories.
            if (unique.Count() > 1 && world.Model.Now < Terms.UniqueFor)
                throw new StoryException($"{string.Join(" and ", unique.Select(job => job.Id))} live at once, though {unique.Key} is unique.");
        }
    }

    /// <exception cref="StoryException">It should not have run.</exception>
    public static void CheckRun(World world, Claim claim, bool ran)
    {
        if (!ran)
            return;
        if (!claim.Holds)
            throw new StoryException($"{claim.Job.Id} ran at {claim.Holder}, which has lost it.");
        if (world.Promised.Contains(claim.Job.Id))
            throw new StoryException($"{claim.Job.Id} ran, though it was said to be cancelled.");
        if (world.NotBefore.GetValueOrDefault(claim.Job.Id) > world.Model.Now)
            throw new StoryException($"{claim.Job.Id} ran before it was due.");
        if (claim.Job.ExpiresAt <= world.Model.Now)
            throw new StoryException($"{claim.Job.Id} ran after it had expired.");
        if (claim.Job.Attempts >= Terms.MaxAttempts || claim.Delivery > Terms.MaxDeliveries)
            throw new StoryException($"{claim.Job.Id} ran once too often.");
    }

    /// <exception cref="StoryException">A job of a workflow begins too early.</exception>
    public static void CheckTurn(ModelWorkflow workflow, int node, string job)
    {
        for (var inner = workflow.Shape[node]; inner.Parent >= 0; inner = workflow.Shape[inner.Parent])
        {
            var outer = workflow.Shape[inner.Parent];
            if (outer.Kind != NodeKind.Chain || inner.Previous < 0)
                continue;
            if (!workflow.Ends.TryGetValue(inner.Previous, out var before) || (before.State != JobState.Succeeded && outer.Policy != WorkflowFailurePolicy.Continue))
                throw new StoryException($"{job} begins, though what it follows has not ended so that it might.");
        }
    }

    /// <exception cref="StoryException">It ended, or did not, against what became of its jobs.</exception>
    public static void CheckEnd(string name, ModelWorkflow workflow)
    {
        var jobs = workflow.Shape.JobsIn(workflow.Shape.Root).ToDictionary(job => job, job => workflow.Ends.TryGetValue(job.Number, out var end) ? end.State : (JobState?)null);
        var isWrong = workflow.Ends.TryGetValue(0, out var root) ? root.State switch
        {
            JobState.Succeeded => jobs.Any(job => job.Value is null || (job.Value != JobState.Succeeded && workflow.Shape[job.Key.Parent].Policy != WorkflowFailurePolicy.Continue)),
            JobState.Failed => jobs.All(job => job.Value is null or JobState.Succeeded),
            _ => false,
        } : workflow is { Held: 0, IsAbandoned: false };
        if (isWrong)
            throw new StoryException($"The workflow {name} {(workflow.HasEnded ? $"ended as {root.State}" : "has not ended")}, and its jobs are: {string.Join(", ", jobs.Select(job => $"{job.Key.Number} {job.Value?.ToString() ?? "none"}"))}.");
    }
}
