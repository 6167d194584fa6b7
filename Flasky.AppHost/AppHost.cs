using Flasky.AppHost;

var builder = DistributedApplication.CreateBuilder(args);
var publish = builder.ExecutionContext.IsPublishMode;
builder.AddAzureContainerAppEnvironment("env");

// What everything else needs. A deployment sends through a real mail server; here a mailbox takes every message.
var redis = builder.AddRedis("redis").WithDataVolume().WithAppendOnlyFile();
var flaskydb = builder.AddPostgres("postgres").WithDataVolume().AddDatabase("flaskydb");
IResourceBuilder<IResourceWithConnectionString> mail = publish
    ? builder.AddConnectionString("mail")
    : builder.AddMailPit("mail", httpPort: 8025, smtpPort: 1025);

// A deployment asks for these; here they have the values below.
var mailSender = builder.AddParameter("mail-sender", "Flasky <flasky@localhost>");
var adminEmail = builder.AddParameter("admin-email", "admin@localhost");

// Brings the database up to date and exits.
var migrate = builder.AddProject<Projects.Flasky_Web>("migrate", launchProfileName: null)
    .WithArgs("migrate")
    .WithEnvironment("DOTNET_ENVIRONMENT", builder.Environment.EnvironmentName)
    .WithReference(flaskydb).WaitFor(flaskydb)
    .WithEnvironment("Flasky__AdminEmail", adminEmail)
    .PublishAsAzureContainerAppJob();

var web = builder.AddProject<Projects.Flasky_Web>("web")
    .WithExternalHttpEndpoints()
    .WithHttpHealthCheck("/health")
    .WithReference(redis).WaitFor(redis)
    .WithReference(flaskydb).WaitFor(flaskydb)
    .WithEnvironment("Flasky__AdminEmail", adminEmail)
    .WaitForCompletion(migrate);

// Links in mails start with this address, never with what a request says its host is.
var publicUrl = web.GetEndpoint(publish ? "https" : "http");
web.WithEnvironment("Flasky__PublicBaseUrl", publicUrl);
if (publish)
{
    web.TrustIngress();
}

builder.AddProject<Projects.Flasky_Worker>("worker")
    .WithReplicas(2)
    .WithReference(redis).WaitFor(redis)
    .WithReference(flaskydb).WaitFor(flaskydb)
    .WithReference(mail).WaitFor(mail)
    .WithEnvironment("Flasky__PublicBaseUrl", publicUrl)
    .WithEnvironment("Flasky__Email__Sender", mailSender)
    .WaitForCompletion(migrate);

builder.Build().Run();
