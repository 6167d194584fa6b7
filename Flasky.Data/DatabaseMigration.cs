using Flasky.Data.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Flasky.Data;

/// <summary>Brings a database to what this version of the program needs. Doing it again, or from two processes at once, is harmless.</summary>
public sealed class DatabaseMigration(FlaskyDbContext db, AccountConfirmation accounts, IDataProtectionProvider protection)
{
    // Any number will do that nothing else in the database locks: "FLASKY" in ASCII.
    private const long Lock = 0x464C_4153_4B59;

    /// <summary>Applies the migrations that are missing, seeds the roles, and makes the first data-protection key.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, does not exist, or refuses.</exception>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        // A connection of its own, whose transaction only holds the lock: it ends with this method, or with the process.
        await using var turn = (NpgsqlConnection)((ICloneable)db.Database.GetDbConnection()).Clone();
        await turn.OpenAsync(cancellationToken);
        await using var held = await turn.BeginTransactionAsync(cancellationToken);
        // Waits as long as the other one needs, which is not the time limit of a query.
        await using var wait = new NpgsqlCommand("SELECT pg_advisory_xact_lock($1)", turn, held) { CommandTimeout = 0, Parameters = { new() { Value = Lock } } };
        await wait.ExecuteNonQueryAsync(cancellationToken);

        // Otherwise the first migration begins with a failed query, which is logged as an error.
        await db.GetService<IHistoryRepository>().CreateIfNotExistsAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        await RoleSeed.ApplyAsync(db, cancellationToken);
        await accounts.GrantAdministratorAsync(cancellationToken);
        // Made here, under the lock, so that replicas which start together do not each make one.
        _ = protection.CreateProtector(nameof(DatabaseMigration)).Protect([0]);
    }
}
