using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A Redis server.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The server's password.</param>
    public class RedisResource(string name, ParameterResource password) : ContainerResource(name), IResourceWithConnectionString
    {
        internal const string PrimaryEndpointName = "tcp";

        /// <summary>Where the server listens.</summary>
        public EndpointReference PrimaryEndpoint => new(this, PrimaryEndpointName);

        /// <summary>The host.</summary>
        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        /// <summary>The port.</summary>
        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        /// <summary>The server's password.</summary>
        public ParameterResource? PasswordParameter { get; } = password;

        /// <inheritdoc />
        public ReferenceExpression ConnectionStringExpression =>
            ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.HostAndPort)},password={PasswordParameter!}");

        /// <summary>The server as a URI.</summary>
        public ReferenceExpression UriExpression =>
            ReferenceExpression.Create($"{PrimaryEndpoint.Property(EndpointProperty.Scheme)}://:{PasswordParameter!:uri}@{Host}:{Port}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Host}")),
            new("Port", ReferenceExpression.Create($"{Port}")),
            new("Password", ReferenceExpression.Create($"{PasswordParameter!}")),
            new("Uri", UriExpression),
        ];
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds Redis servers.</summary>
    public static class RedisBuilderExtensions
    {
        private const int ContainerPort = 6379;
        private const int DefaultSaveSeconds = 60;

        /// <summary>Adds a Redis server; here it is the machine's <c>redis-server</c>.</summary>
        /// <param name="builder">The model.</param>
        /// <param name="name">The name, also of the connection string.</param>
        /// <param name="port">The port; null is a free one.</param>
        /// <param name="password">The password; null is one that is made up once and kept.</param>
        public static IResourceBuilder<RedisResource> AddRedis(this IDistributedApplicationBuilder builder, string name, int? port = null, IResourceBuilder<ParameterResource>? password = null)
        {
            var redis = new RedisResource(name, password?.Resource ?? builder.CreateGeneratedPassword($"{name}-password", special: false));
            var key = $"{name}_check";
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(key, _ => new RedisHealthCheck(redis), null, null));
            return builder.AddResource(redis)
                .WithEndpoint(port: port, targetPort: ContainerPort, name: RedisResource.PrimaryEndpointName, scheme: "redis")
                .WithHealthCheck(key)
                .WithAnnotation(new RunnerAnnotation(services => ActivatorUtilities.CreateInstance<RedisRunner>(services, redis)));
        }

        /// <summary>Keeps the data between runs, with a snapshot each minute in which a key changed.</summary>
        public static IResourceBuilder<RedisResource> WithDataVolume(this IResourceBuilder<RedisResource> builder, string? name = null, bool isReadOnly = false)
        {
            builder.WithAnnotation(new ContainerMountAnnotation(name, "/data", ContainerMountType.Volume, isReadOnly));
            return isReadOnly ? builder : builder.WithPersistence();
        }

        /// <summary>Takes snapshots (RDB).</summary>
        /// <param name="builder">The server.</param>
        /// <param name="interval">The time between snapshots; null is 60 seconds.</param>
        /// <param name="keysChangedThreshold">How many keys must have changed.</param>
        public static IResourceBuilder<RedisResource> WithPersistence(this IResourceBuilder<RedisResource> builder, TimeSpan? interval = null, long keysChangedThreshold = 1) =>
            builder.WithAnnotation(new RedisSnapshots(interval ?? TimeSpan.FromSeconds(DefaultSaveSeconds), keysChangedThreshold), ResourceAnnotationMutationBehavior.Replace);
    }

    internal sealed record RedisSnapshots(TimeSpan Interval, long KeysChanged) : IResourceAnnotation
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Interval.TotalSeconds:0} {KeysChanged}");
    }
}
