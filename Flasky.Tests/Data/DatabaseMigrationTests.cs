using Flasky.Data;
using Flasky.Data.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Tests.Data;

public sealed class DatabaseMigrationTests(Servers servers) : IAsyncLifetime
{
    private readonly EmptyDatabase database = new(servers);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => database.InitializeAsync();

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task FourAtOnceMakeOneSchemaThreeRolesAndOneKey()
    {
        var hosts = Enumerable.Range(0, 4).Select(_ => database.CreateHost()).ToList();
        await Task.WhenAll(hosts.Select(MigrateAsync));
        await MigrateAsync(hosts[0]);
        Assert.Equal(3, await database.ScalarAsync<long>("""SELECT count(*) FROM "Roles" """));
        Assert.Equal(1, await database.ScalarAsync<long>("""SELECT count(*) FROM "DataProtectionKeys" """));
        Assert.Equal("User", await database.ScalarAsync<string>("""SELECT "Name" FROM "Roles" WHERE "IsDefault" """));
        hosts.ForEach(host => host.Dispose());
    }

    [Fact]
    public async Task FirstMigrationLogsNoFailedStatement()
    {
        using var host = database.CreateHost();
        var log = new LogLines();
        host.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        await MigrateAsync(host);
        Assert.DoesNotContain(log.Written, line => line.Contains("DbCommand", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SeedingRestoresThePermissionsOfTheThreeRoles()
    {
        using var host = database.CreateHost();
        await MigrateAsync(host);
        await database.ScalarAsync<int>("""UPDATE "Roles" SET "Permissions" = 0 RETURNING 1""");
        await MigrateAsync(host);
        await using var scope = host.Services.CreateAsyncScope();
        var roles = await scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Roles.ToDictionaryAsync(role => role.Name!, role => (int)role.Permissions, Cancel);
        Assert.Equal(new Dictionary<string, int> { [Role.User] = 7, [Role.Moderator] = 15, [Role.Administrator] = 31 }, roles);
    }

    [Fact]
    public async Task TheModelHasNoChangesWithoutAMigration()
    {
        using var host = database.CreateHost();
        await using var scope = host.Services.CreateAsyncScope();
        Assert.False(scope.ServiceProvider.GetRequiredService<FlaskyDbContext>().Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task WhatOneProcessProtectsAnotherReads()
    {
        using var web = database.CreateHost();
        using var worker = database.CreateHost();
        await MigrateAsync(web);
        var secret = web.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("secret");
        Assert.Equal("secret", worker.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret));
    }

    private static async Task MigrateAsync(IHost host)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseMigration>().RunAsync(Cancel);
    }
}
