using Microsoft.EntityFrameworkCore;

namespace Flasky.Data.Notifications;

/// <summary>Reads and changes what users want to be told. Each change is one statement, may be done again, and is nothing for a user who is gone.</summary>
public sealed class NotificationChoices(FlaskyDbContext db)
{
    /// <summary>The kinds that a user has switched off.</summary>
    public Task<NotificationKinds> FindOffAsync(int userId, CancellationToken cancellationToken) =>
        db.Set<NotificationSettings>().Where(settings => settings.UserId == userId).Select(settings => settings.Off).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Switches these kinds off and all others on.</summary>
    public Task SaveAsync(int userId, NotificationKinds off, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "NotificationSettings" ("UserId", "Off") SELECT "Id", {(int)off} FROM "Users" WHERE "Id" = {userId}
            ON CONFLICT ("UserId") DO UPDATE SET "Off" = EXCLUDED."Off"
            """, cancellationToken);

    /// <summary>Switches one kind off and leaves the others as they are.</summary>
    public Task SwitchOffAsync(int userId, NotificationKinds kind, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "NotificationSettings" AS present ("UserId", "Off") SELECT "Id", {(int)kind} FROM "Users" WHERE "Id" = {userId}
            ON CONFLICT ("UserId") DO UPDATE SET "Off" = present."Off" | EXCLUDED."Off"
            """, cancellationToken);
}
