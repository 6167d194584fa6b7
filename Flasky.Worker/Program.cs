using Flasky.Data;
using Flasky.Jobs;
using Flasky.Jobs.CommandLine;
using Flasky.ServiceDefaults;
using Flasky.Worker;
using Flasky.Worker.Mail;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

// "jobs stats" and the like: they need Redis, and none of the settings below.
if (await JobsCommandLine.RunAsync(args) is { } exitCode)
    return exitCode;

return await FlaskyHost.RunAsync(() =>
{
    var builder = Host.CreateApplicationBuilder(args);
    builder.AddServiceDefaults();
    builder.RequireConnectionString("redis", "localhost:6379,password=...");
    builder.RequireConnectionString(FlaskyDataExtensions.ConnectionName,
        "Host=localhost;Username=flasky;Password=...;Database=flaskydb", static text => _ = new NpgsqlConnectionStringBuilder(text));
    builder.AddFlaskyData();
    builder.AddFlaskyMail();
    builder.Services.AddScoped<AccountNotice>();
    builder.Services.AddScoped<NotificationMail>();
    builder.Services.AddScoped<ToldComments>();
    builder.AddJobContext(context => context.Culture().RequestId());
    builder.AddJobEncryption();
    builder.AddJobWorker("redis", worker => worker.HandleAll());
    return builder.Build();
});
