using Flasky.Jobs.Redis;

namespace Flasky.Jobs.Recurring;

/// <summary>The recurring jobs of one queue; each method is one step that others see whole or not at all. Thread-safe.</summary>
internal interface IRecurringStore
{
    /// <param name="name">The recurring job's name.</param>
    /// <param name="definition">What it is.</param>
    /// <param name="next">Its next tick, unless it has one of the same schedule.</param>
    /// <param name="declared">Whether code declares it.</param>
    Task SetAsync(string name, RecurringDefinition definition, DateTimeOffset next, bool declared);

    /// <param name="name">The recurring job's name.</param>
    /// <param name="version">Only if it is still this version. Null: in any case.</param>
    Task<bool> RemoveAsync(string name, string? version = null);

    /// <returns>Whether there is one.</returns>
    Task<bool> PauseAsync(string name);

    /// <returns>False if it was changed or removed since <paramref name="version"/>.</returns>
    Task<bool> ResumeAsync(string name, string version, DateTimeOffset? next);

    /// <param name="most">The most to return.</param>
    Task<DueResult> DueAsync(int most);

    /// <returns>False if another scheduler was first, or the recurring job was changed, paused or removed.</returns>
    Task<bool> TickAsync(DueJob due, DueTicks ticks, IReadOnlyList<WireJob> jobs, RecurringDefinition definition);

    /// <param name="name">Empty: all.</param>
    Task<(DateTimeOffset Now, StoredRecurringJob[] Jobs)> ListAsync(string name = "");
}

/// <summary>Where the recurring jobs of every queue are. Thread-safe.</summary>
internal interface IRecurringStores
{
    IRecurringStore Of(string queue);
}
