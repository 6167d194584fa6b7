using Flasky.Jobs.Recurring;

namespace Flasky.Tests.Jobs.Properties;

/// <summary>A process that schedules: what it saw due, which may be long ago.</summary>
internal sealed class Scheduler
{
    public List<SeenDue> Due { get; } = [];
}

/// <param name="Due">As it was, but its tick in the time of the story.</param>
/// <param name="Now">In the time of the story.</param>
/// <param name="Tick">The hour of the tick.</param>
/// <param name="Version">In the model.</param>
/// <param name="SeenAt">The hour.</param>
internal sealed record SeenDue(DueJob Due, DateTimeOffset Now, int Tick, int Version, int SeenAt);
