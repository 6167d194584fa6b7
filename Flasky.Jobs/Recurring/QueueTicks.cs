using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Recurring;

/// <summary>The ticks of one queue's recurring jobs: declare, look, tick what is due.</summary>
internal sealed partial class QueueTicks(string queue, IRecurringStore store, Declarations declarations, ILogger logger)
{
    /// <summary>Schedules in one look. More are due only after an outage; then the next look follows at once.</summary>
    private const int Batch = 64;

    private readonly HashSet<string> reported = new(StringComparer.Ordinal);

    /// <returns>Until the next look is due; null if no tick is in sight.</returns>
    public async Task<TimeSpan?> LookAsync()
    {
        await declarations.WriteOnceAsync().ConfigureAwait(false);
        var look = await store.DueAsync(Batch).ConfigureAwait(false);
        if (declarations.Lost(look))
            return TimeSpan.Zero;
        var ticked = false;
        foreach (var due in look.Jobs)
            ticked |= await TickAsync(due, look.Now).ConfigureAwait(false);
        return ticked ? TimeSpan.Zero : look.UntilNext;
    }

    /// <returns>False if it cannot be read; then looking again at once would find it again.</returns>
    private async Task<bool> TickAsync(DueJob due, DateTimeOffset now)
    {
        try
        {
            var definition = RecurringDefinition.Read(due.Definition);
            var ticks = DueTicks.Of(JobSchedule.Parse(definition.When), definition, due.Tick, now);
            using var sending = new TickSending(queue, due.Name, definition, ticks.Run, now);
            if (await store.TickAsync(due, ticks, sending.Jobs, definition).ConfigureAwait(false))
            {
                sending.Sent();
                LogTicked(due.Name, due.Tick, ticks.Run.Count, ticks.Next);
            }
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            if (reported.Add(due.Name + due.Version))
                LogUnreadable(due.Name, e.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Recurring job {Name} ticked at {Tick}: {Jobs} job(s); next at {Next}")]
    private partial void LogTicked(string name, DateTimeOffset tick, int jobs, DateTimeOffset? next);

    [LoggerMessage(Level = LogLevel.Error, Message = "Recurring job {Name} is due but cannot be read, so it waits for a process that can: {Problem}")]
    private partial void LogUnreadable(string name, string problem);
}
