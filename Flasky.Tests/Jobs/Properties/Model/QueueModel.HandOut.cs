using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    /// <summary>Until then whoever looks is told that jobs were handed back.</summary>
    private int releasedUntil;

    /// <summary>
    /// Moves what is due, and hands out. Jobs of lanes and others share what room there is, and chance decides whose the odd one is; so
    /// the model is told what was handed out, and says whether it might be.
    /// </summary>
    /// <exception cref="StoryException">It might not.</exception>
    public IReadOnlyList<Claim> Look(string worker, int count, IReadOnlyList<JobPriority> order, IReadOnlyList<string> handed)
    {
        foreach (var waiting in scheduled.Where(waiting => waiting.Due <= Now).ToArray())
        {
            scheduled.Remove(waiting);
            AddReady(waiting.Job);
            Note(waiting.Job, 0, JobState.Ready, waiting.Job.Attempts, "");
        }
        var room = Paused ? 0 : Math.Min(count, RoomInQueue());
        if (handed.Count > Math.Max(room, 0))
            throw new StoryException($"There is room for {room} jobs, and {string.Join(", ", handed)} were handed out.");
        var plain = new Queue<ModelEntry>(order.SelectMany(priority => streams[priority]).Where(entry => entry.Holder is null));
        var turns = new Turns(this, order);
        var claims = new List<Claim>();
        foreach (var id in handed)
        {
            if (turns.Take(id) is not { } entry && !(plain.TryDequeue(out entry!) && entry.Job.Id == id))
                throw new StoryException($"{id} was handed out; next in order is {entry?.Job.Id ?? "none"}.");
            claims.Add(HandOut(entry, worker));
        }
        if (handed.Count < room && plain.Count > 0)
            throw new StoryException($"{plain.Peek().Job.Id} was not handed out, though there is room.");
        turns.Check(isRoomLeft: handed.Count < room);
        foreach (var _ in claims)
            Spend(Names.WholeQueue);
        return claims;
    }

    /// <summary>The plain read of one stream: it neither moves what is due nor minds a pause; a consumer uses it for 10 ms at most.</summary>
    public IReadOnlyList<Claim> Read(string worker, int count, JobPriority priority) =>
        [.. streams[priority].Where(entry => entry.Holder is null).Take(count).Select(entry => HandOut(entry, worker))];

    public IReadOnlyList<Claim> Reap(string worker, int count)
    {
        Forget(cancelled, until => until);
        if (Paused)
            return [];
        releasedUntil = Now;
        ModelEntry[] lost = [.. Streams.SelectMany(stream => stream).Where(entry => entry.Holder is not null && Now - entry.HeldSince >= Terms.Lease)
            .Take(Math.Min(count, PermitsOfQueue()))];
        // They count among those that run as before; but they start once more.
        foreach (var _ in lost)
            Spend(Names.WholeQueue);
        return Array.ConvertAll(lost, entry => HandOut(entry, worker));
    }

    public void Renew(Claim claim)
    {
        if (claim.Holds)
            claim.Entry.HeldSince = Now;
    }

    public void HandBack(Claim claim)
    {
        if (claim.Holds)
            HandBack(claim.Entry);
    }

    /// <summary>Also what was handed out to the worker without its knowing goes back.</summary>
    public void Leave(string worker)
    {
        foreach (var entry in Streams.SelectMany(stream => stream).Where(entry => entry.Holder == worker))
            HandBack(entry);
    }

    private void HandBack(ModelEntry entry)
    {
        (entry.Holder, entry.HeldSince) = (Released, Now - Terms.HandedBackIdle);
        entry.Delivery--;
        releasedUntil = Now + Terms.HandedBackIdle;
    }

    private Claim HandOut(ModelEntry entry, string worker)
    {
        (entry.Holder, entry.HeldSince) = (worker, Now);
        return new Claim(entry, worker, ++entry.Delivery);
    }
}
