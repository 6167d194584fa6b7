using Flasky.Data;
using Flasky.Jobs;
using Flasky.ServiceDefaults;
using Flasky.Web;
using Npgsql;

// "migrate" brings the database up to date and exits; anything else serves the site.
var migrates = args is ["migrate", ..];

return await FlaskyHost.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.RequireConnectionString(FlaskyDataExtensions.ConnectionName,
        "Host=localhost;Username=flasky;Password=...;Database=flaskydb", static text => _ = new NpgsqlConnectionStringBuilder(text));
    builder.AddFlaskyData();
    builder.AddFlaskyJobs("redis");
    builder.AddJobContext(context => context.Culture().HttpRequest());
    builder.AddFlaskyWeb();
    if (!migrates)
    {
        builder.RequireConnectionString("redis", "localhost:6379,password=...");
        // What is enqueued waits in the outbox, so the site works without Redis.
        builder.ToleratesFailureOf("StackExchange.Redis");
    }

    var app = builder.Build();
    app.UseFlaskyWeb();
    app.MapDefaultEndpoints();
    return app;
}, migrates ? MigrateAsync : null);

static async Task MigrateAsync(IHost host)
{
    await using var scope = host.Services.CreateAsyncScope();
    await scope.ServiceProvider.GetRequiredService<DatabaseMigration>().RunAsync();
}
