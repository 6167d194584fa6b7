using Microsoft.EntityFrameworkCore;

namespace Flasky.Data;

/// <summary>Transactions that live with the context's retrying execution strategy.</summary>
public static class TransactionExtensions
{
    /// <summary>
    /// Runs <paramref name="work"/> in one transaction and commits it; an exception rolls it back. A transient failure
    /// runs the whole of it again with nothing tracked, so everything it changes must be loaded or made inside.
    /// </summary>
    public static Task<T> InTransactionAsync<T>(
        this DbContext db, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken = default)
    {
        var retrying = false;
        return db.Database.CreateExecutionStrategy().ExecuteAsync(async cancel =>
        {
            if (retrying)
            {
                db.ChangeTracker.Clear();
            }
            retrying = true;
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var result = await work(cancel);
            await transaction.CommitAsync(cancel);
            return result;
        }, cancellationToken);
    }
}
