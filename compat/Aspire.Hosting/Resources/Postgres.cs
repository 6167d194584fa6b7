using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL servers and databases.</summary>
public static class PostgresBuilderExtensions
{
    private const int ContainerPort = 5432;

    /// <summary>Adds a PostgreSQL server; here it is the machine's own, with a data directory of its own.</summary>
    /// <param name="builder">The model.</param>
    /// <param name="name">The name.</param>
    /// <param name="userName">The superuser; null is <c>postgres</c>.</param>
    /// <param name="password">The password; null is one that is made up once and kept.</param>
    /// <param name="port">The port; null is a free one.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(this IDistributedApplicationBuilder builder, string name, IResourceBuilder<ParameterResource>? userName = null, IResourceBuilder<ParameterResource>? password = null, int? port = null)
    {
        var server = new PostgresServerResource(name, userName?.Resource, password?.Resource ?? builder.CreateGeneratedPassword($"{name}-password", special: true));
        var key = $"{name}_check";
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => new PostgresHealthCheck(server.MaintenanceConnectionString), null, null));
        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: ContainerPort, name: PostgresServerResource.PrimaryEndpointName)
            .WithHealthCheck(key)
            .WithAnnotation(new RunnerAnnotation(services => ActivatorUtilities.CreateInstance<PostgresRunner>(services, server)));
    }

    /// <summary>Adds a database, which is created when the server is ready.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name, also of the connection string.</param>
    /// <param name="databaseName">The database's name; null is the resource's.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(this IResourceBuilder<PostgresServerResource> builder, string name, string? databaseName = null)
    {
        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        var key = $"{name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => new PostgresHealthCheck(database.ConnectionStringExpression), null, null));
        return builder.ApplicationBuilder.AddResource(database)
            .WithHealthCheck(key)
            .WithAnnotation(new WaitAnnotation(builder.Resource, WaitType.WaitUntilHealthy))
            .WithAnnotation(new RunnerAnnotation(_ => new PostgresDatabaseRunner(database)));
    }

    /// <summary>Keeps the data between runs.</summary>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false) =>
        builder.WithAnnotation(new ContainerMountAnnotation(name, "/var/lib/postgresql/data", ContainerMountType.Volume, isReadOnly));
}
