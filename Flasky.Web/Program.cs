using Flasky.Data;
using Flasky.Jobs;
using Flasky.ServiceDefaults;
using Flasky.Web;
using Flasky.Web.Commands;
using Npgsql;

// A command does its work and exits; without one the site is served.
var command = CommandLine.Parse(args);

return await FlaskyHost.RunAsync(() =>
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddServiceDefaults();
    builder.RequireConnectionString(FlaskyDataExtensions.ConnectionName,
        "Host=localhost;Username=flasky;Password=...;Database=flaskydb", static text => _ = new NpgsqlConnectionStringBuilder(text));
    builder.AddFlaskyData();
    builder.AddFlaskyJobs("redis");
    builder.AddJobContext(context => context.Culture().HttpRequest());
    builder.AddJobEncryption();
    builder.AddFlaskyWeb();
    if (command is null)
    {
        builder.RequireConnectionString("redis", "localhost:6379,password=...");
        // What is enqueued waits in the outbox, so the site works without Redis.
        builder.ToleratesFailureOf("StackExchange.Redis");
    }

    var app = builder.Build();
    app.UseFlaskyWeb();
    app.MapDefaultEndpoints();
    return app;
}, command is null ? null : RunAsync);

async Task<int> RunAsync(IHost host)
{
    await using var scope = host.Services.CreateAsyncScope();
    return await command(new CommandContext(scope.ServiceProvider, Console.In, Console.Out, Console.Error));
}
