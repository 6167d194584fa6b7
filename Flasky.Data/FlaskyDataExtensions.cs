using Flasky.Data.Diagnostics;
using Flasky.Data.Keys;
using Flasky.Data.Limits;
using Flasky.Data.Notifications;
using Flasky.Data.Outbox;
using Flasky.Data.Statements;
using Flasky.Data.Users;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Flasky.Data;

/// <summary>Registers Flasky's data, in the web process and the worker alike.</summary>
public static class FlaskyDataExtensions
{
    /// <summary>The connection string's name.</summary>
    public const string ConnectionName = "flaskydb";

    private static readonly StatementPreparer Preparer = new();

    /// <summary>
    /// Adds <see cref="FlaskyDbContext"/> on <c>ConnectionStrings:flaskydb</c>, the accounts of ASP.NET Core Identity without
    /// any sign-in, the shared data-protection keys, and the outbox. Needs an <see cref="Jobs.IJobQueue"/> when the host starts.
    /// </summary>
    public static void AddFlaskyData(this IHostApplicationBuilder builder)
    {
        builder.AddNpgsqlDbContext<FlaskyDbContext>(ConnectionName, configureDbContextOptions: options => options
            // By default it repeats for about a minute: longer than anybody waits for a page that a database outage will fail anyway.
            .UseNpgsql(npgsql => npgsql.EnableRetryOnFailure(maxRetryCount: 3, maxRetryDelay: TimeSpan.FromSeconds(1), errorCodesToAdd: null))
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandExecuted, LogLevel.Debug),
                (CoreEventId.ExecutionStrategyRetrying, LogLevel.Debug))));
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<SlowStatementLogger>();
        builder.Services.ConfigureDbContext<FlaskyDbContext>((services, options) =>
            options.AddInterceptors(services.GetRequiredService<SlowStatementLogger>(), Preparer));
        builder.Services.AddOutbox<FlaskyDbContext>();
        AddKeys(builder.Services);
        AddAccounts(builder.Services);
        builder.Services.AddScoped<DatabaseMigration>();
    }

    private static void AddKeys(IServiceCollection services)
    {
        // One name for every process: keys are only shared within an application's name.
        services.AddDataProtection().SetApplicationName("Flasky");
        services.AddOptions<KeyManagementOptions>()
            .Configure<IServiceScopeFactory>((keys, scopes) => keys.XmlRepository = new DatabaseKeyRepository(scopes));
    }

    private static void AddAccounts(IServiceCollection services)
    {
        services.AddOptions<AccountOptions>().BindConfiguration("Flasky");
        services.AddSingleton<AccountTokens>();
        services.AddSingleton<UnsubscribeTokens>();
        services.AddScoped<AccountConfirmation>();
        services.AddScoped<AttemptLimits>();
        services.AddScoped<NotificationChoices>();
        services.AddIdentityCore<User>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                identity.User.AllowedUserNameCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
                // Length is what makes a password strong; rules about its characters only make it predictable.
                identity.Password.RequiredLength = 10;
                identity.Password.RequiredUniqueChars = 5;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                // AttemptLimits counts instead: in one statement, so that tries at the same moment all count, and for unknown addresses too.
                identity.Lockout.AllowedForNewUsers = false;
            })
            .AddRoles<Role>()
            .AddEntityFrameworkStores<FlaskyDbContext>()
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<GuessablePasswordValidator>();
    }
}
