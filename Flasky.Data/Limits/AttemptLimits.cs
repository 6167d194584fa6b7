using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Limits;

/// <summary>
/// Counts attempts in the database, so that limits hold across all replicas and do not depend on Redis. The clock is the
/// database's, and an attempt is counted and judged in one statement: a thousand at the same moment are a thousand.
/// </summary>
public sealed class AttemptLimits(FlaskyDbContext db)
{
    /// <summary>Counts one attempt, unless the limit is reached.</summary>
    /// <param name="limit">How many are allowed.</param>
    /// <param name="action">What is attempted: counts of different actions are apart.</param>
    /// <param name="subject">Whose attempts these are; only a hash of it is stored.</param>
    /// <returns>Null: go on. Else how long to wait; the attempt was not counted.</returns>
    public async Task<TimeSpan?> TakeAsync(AttemptLimit limit, string action, string subject, CancellationToken cancellationToken = default)
    {
        var key = Key(action, subject);
        var (every, capacity) = (limit.Every, limit.Every * limit.Burst);
        // No row comes back from the insertion when the limit is reached; then the row says how long.
        var waits = await db.Database.SqlQuery<TimeSpan?>($"""
            WITH taken AS (
                INSERT INTO attempt_counts AS c (key, free_at) VALUES ({key}, statement_timestamp() + {every})
                ON CONFLICT (key) DO UPDATE SET free_at = greatest(c.free_at, statement_timestamp()) + {every}
                WHERE greatest(c.free_at, statement_timestamp()) + {every} <= statement_timestamp() + {capacity}
                RETURNING 1)
            SELECT CASE WHEN EXISTS (SELECT 1 FROM taken) THEN NULL ELSE coalesce(
                (SELECT free_at + {every} - {capacity} - statement_timestamp() FROM attempt_counts WHERE key = {key}), {every}) END AS "Value"
            """).ToListAsync(cancellationToken);
        // What another transaction has taken in between is not in the row that this one sees.
        return waits[0] is { } wait ? TimeSpan.FromTicks(Math.Max(wait.Ticks, TimeSpan.TicksPerSecond)) : null;
    }

    /// <summary>Forgets a subject's attempts, because one of them succeeded.</summary>
    public async Task ForgetAsync(string action, string subject, CancellationToken cancellationToken = default)
    {
        var key = Key(action, subject);
        await db.Set<AttemptCount>().Where(count => count.Key == key).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>Deletes what no longer limits anything.</summary>
    public Task<int> SweepAsync(CancellationToken cancellationToken = default) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM attempt_counts WHERE free_at < statement_timestamp()", cancellationToken);

    private static byte[] Key(string action, string subject) => SHA256.HashData(Encoding.UTF8.GetBytes($"{action}\n{subject}"));
}
