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
        foreach (var twice in places.GroupBy(id => id).Where(id => id.Count() > 1))
            throw new StoryException($"{twice.Key} is in {twice.Count()} places.");
        foreach (var fact in facts.Where(fact => fact.EndsWith("for ever", StringComparison.Ordinal)))
            throw new StoryException($"'{fact}': it has no TTL.");
        foreach (var unique in world.Model.Live.Where(job => job.Wishes is { Unique: not null, Until: Flasky.Jobs.UniqueUntil.Ended })
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
        // Who lost a plain job and does not know may start it late, whatever became of it since; what it comes to is refused.
        if (claim.Holds && world.Promised.Contains(claim.Job.Id))
            throw new StoryException($"{claim.Job.Id} ran, though it was said to be cancelled.");
        if (claim.Holds && world.NotBefore.GetValueOrDefault(claim.Job.Id) > world.Model.Now)
            throw new StoryException($"{claim.Job.Id} ran before it was due.");
        if (claim.Job.ExpiresAt <= world.Model.Now)
            throw new StoryException($"{claim.Job.Id} ran after it had expired.");
        if (claim.Job.Attempts >= Terms.MaxAttempts || claim.Delivery > Terms.MaxDeliveries)
            throw new StoryException($"{claim.Job.Id} ran once too often.");
    }
}
