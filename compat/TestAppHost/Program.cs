using Aspire.Hosting;
using Flasky.Compat.TestAppHost;

if (args is ["probe", .. var rest])
    return await Probe.RunAsync(rest);

var builder = DistributedApplication.CreateBuilder(args);
if (builder.Configuration["Mistake"] is { } mistake)
    throw new InvalidOperationException(mistake);

var redis = builder.AddRedis("redis").WithDataVolume().WithArgs("--appendonly", "yes");
if (builder.Configuration["Postgres"] is not null)
    builder.AddPostgres("postgres").WithDataVolume().AddDatabase("db");
if (int.TryParse(builder.Configuration["Port"], System.Globalization.CultureInfo.InvariantCulture, out var port))
    builder.AddMailPit("mail", httpPort: port);
builder.AddProject<ProbeProject>("probe", launchProfileName: null)
    .WithArgs("probe", builder.Configuration["Probe"] ?? "wait")
    .WithReference(redis).WaitFor(redis);
builder.Build().Run();
return Environment.ExitCode;
