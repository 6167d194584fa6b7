using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Properties;

internal sealed partial class QueueModel
{
    private readonly SortedDictionary<string, ModelSchedule> schedules = new(StringComparer.Ordinal);

    public IEnumerable<string> Schedules => schedules.Keys;

    public ModelSchedule? Find(string name) => schedules.GetValueOrDefault(name);

    /// <summary>Adds or changes; it keeps its next tick unless its interval changed.</summary>
    public void Set(string name, int interval, MissedTicks missed, int version)
    {
        var old = schedules.GetValueOrDefault(name);
        var keeps = old is { Paused: true } || (old?.Interval == interval && old.Next is not null);
        schedules[name] = new ModelSchedule(interval, missed, version, keeps ? old!.Next : Now + interval, old?.Last, old?.Paused == true);
    }

    public bool Pause(string name)
    {
        if (schedules.GetValueOrDefault(name) is not { } schedule)
            return false;
        schedules[name] = schedule with { Paused = true, Next = null };
        return true;
    }

    public void Resume(string name)
    {
        if (schedules[name] is { Paused: true } paused)
            schedules[name] = paused with { Paused = false, Next = Now + paused.Interval };
    }

    public bool Remove(string name) => schedules.Remove(name);

    /// <param name="tick">Where the scheduler saw it.</param>
    /// <param name="version">What it saw there.</param>
    /// <param name="seenAt">When.</param>
    /// <returns>The ticks to enqueue a job for; null if it came too late.</returns>
    public IReadOnlyList<int>? Tick(string name, int tick, int version, int seenAt)
    {
        if (schedules.GetValueOrDefault(name) is not { } schedule || schedule.Next != tick || schedule.Version != version)
            return null;
        var ticks = Enumerable.Range(0, ((seenAt - tick) / schedule.Interval) + 1).Select(i => tick + (i * schedule.Interval)).ToArray();
        var run = schedule.Missed switch
        {
            MissedTicks.RunAll => ticks.TakeLast(Terms.MaxMissed).ToArray(),
            MissedTicks.Skip => [.. ticks.TakeLast(1).Where(last => last == seenAt)],
            _ => [.. ticks.TakeLast(1)],
        };
        schedules[name] = schedule with { Next = ticks[^1] + schedule.Interval, Last = run is [.., var last] ? last : schedule.Last };
        return run;
    }

    public void AddTick(string id) => AddReady(new ModelJob(id, 0, new Wishes(), null));

    private IEnumerable<string> RecurringFacts() => schedules.Select(schedule => (schedule.Key, Value: schedule.Value)).Select(schedule =>
        $"recurring {schedule.Key} {(schedule.Value.Paused ? "paused" : $"next in {schedule.Value.Next - Now}")} last {(schedule.Value.Last is { } last ? $"{last - Now}" : "none")}");
}

/// <param name="Interval">In hours.</param>
/// <param name="Missed">What becomes of missed ticks.</param>
/// <param name="Version">Tells one definition from another.</param>
/// <param name="Next">Null: none, it is paused.</param>
/// <param name="Last">The last one that a job was enqueued for; null: none.</param>
/// <param name="Paused">Whether it is.</param>
internal sealed record ModelSchedule(int Interval, MissedTicks Missed, int Version, int? Next, int? Last, bool Paused);
