using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Recurring;

/// <summary>What this application's code says of one queue's recurring jobs, and its way into Redis.</summary>
internal sealed partial class Declarations(IRecurringStore store, DeclaredDefinition[] declared, string application, ILogger logger)
{
    private bool written;

    /// <summary>Writes the declared jobs, keeping the ticks of those whose schedule is the same, and removes those that the code no longer has and that asked for it.</summary>
    public async Task WriteOnceAsync()
    {
        if (written)
            return;
        var (now, stored) = await store.ListAsync().ConfigureAwait(false);
        foreach (var declaration in declared)
        {
            if (declaration.Schedule.Next(now, now) is { } next)
                await store.SetAsync(declaration.Name, declaration.Definition, next, declared: true).ConfigureAwait(false);
        }
        foreach (var other in stored.Where(other => Array.TrueForAll(declared, declaration => declaration.Name != other.Name)))
            await RemoveUndeclaredAsync(other).ConfigureAwait(false);
        written = true;
    }

    /// <summary>Has them written again if Redis lost them.</summary>
    /// <returns>Whether it did.</returns>
    public bool Lost(DueResult look)
    {
        written = look.HasDeclared || declared.Length == 0;
        return !written;
    }

    private async Task RemoveUndeclaredAsync(StoredRecurringJob stored)
    {
        try
        {
            var definition = RecurringDefinition.Read(stored.Definition);
            if (definition.RemoveWhenUndeclared && definition.DeclaredBy == application
                && await store.RemoveAsync(stored.Name, stored.Version).ConfigureAwait(false))
            {
                LogRemoved(stored.Name, application);
            }
        }
        catch (JsonException e)
        {
            LogUnreadable(stored.Name, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed the recurring job {Name}: {Application} no longer declares it")]
    private partial void LogRemoved(string name, string application);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The recurring job {Name} cannot be read and is left alone: {Problem}")]
    private partial void LogUnreadable(string name, string problem);
}

/// <param name="Name">Unique in its queue.</param>
/// <param name="Schedule">When.</param>
/// <param name="Definition">As it is stored.</param>
internal sealed record DeclaredDefinition(string Name, JobSchedule Schedule, RecurringDefinition Definition);
