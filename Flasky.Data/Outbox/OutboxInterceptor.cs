using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Flasky.Data.Outbox;

/// <summary>
/// Wakes the dispatcher when a commit made jobs visible, whether it was the commit of SaveChanges itself or of a
/// transaction around it. A commit that it does not see (an ambient transaction, say) is left to the dispatcher's poll.
/// </summary>
internal sealed class OutboxInterceptor<TContext>(OutboxSignal<TContext> signal) : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context);
        return result;
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    private void Saved(DbContext? context)
    {
        if (context is { Database.CurrentTransaction: null })
        {
            Committed(context);
        }
    }

    private void Committed(DbContext? context)
    {
        if (context is null)
        {
            return;
        }
        // Rows that SaveChanges is only now committing are still Added; its own event follows.
        var tracker = context.ChangeTracker;
        var detectsChanges = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        var jobs = tracker.Entries<OutboxJob>().Where(job => job.State == EntityState.Unchanged).ToList();
        tracker.AutoDetectChangesEnabled = detectsChanges;
        if (jobs.Count > 0)
        {
            // Nothing to the context any more, and a later commit must not signal for them again.
            jobs.ForEach(job => job.State = EntityState.Detached);
            signal.Set();
        }
    }
}
