using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A mailbox that takes every message and delivers none.</summary>
    /// <param name="name">The name.</param>
    public class MailPitContainerResource(string name) : ContainerResource(name), IResourceWithConnectionString
    {
        internal const string SmtpEndpointName = "smtp";
        internal const string HttpEndpointName = "http";

        /// <summary>Where the mailbox takes messages.</summary>
        public EndpointReference PrimaryEndpoint => new(this, SmtpEndpointName);

        /// <summary>The SMTP host.</summary>
        public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

        /// <summary>The SMTP port.</summary>
        public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

        /// <inheritdoc />
        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"Endpoint={UriExpression}");

        /// <summary>The mailbox as a URI.</summary>
        public ReferenceExpression UriExpression => ReferenceExpression.Create($"{PrimaryEndpoint.Scheme}://{Host}:{Port}");

        IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [
            new("Host", ReferenceExpression.Create($"{Host}")),
            new("Port", ReferenceExpression.Create($"{Port}")),
            new("Uri", UriExpression),
        ];
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds mailboxes.</summary>
    public static class MailPitHostingExtension
    {
        private const int SmtpPort = 1025;
        private const int HttpPort = 8025;

        /// <summary>Adds a mailbox; here it runs inside the AppHost.</summary>
        /// <param name="builder">The model.</param>
        /// <param name="name">The name, also of the connection string.</param>
        /// <param name="httpPort">The port of the page and the REST API; null is a free one.</param>
        /// <param name="smtpPort">The port that takes messages; null is a free one.</param>
        public static IResourceBuilder<MailPitContainerResource> AddMailPit(this IDistributedApplicationBuilder builder, string name, int? httpPort = null, int? smtpPort = null)
        {
            var mailbox = new MailPitContainerResource(name);
            return builder.AddResource(mailbox)
                .WithEndpoint(targetPort: SmtpPort, port: smtpPort, name: MailPitContainerResource.SmtpEndpointName, scheme: "smtp")
                .WithHttpEndpoint(targetPort: HttpPort, port: httpPort, name: MailPitContainerResource.HttpEndpointName)
                .WithHttpHealthCheck("/readyz", endpointName: MailPitContainerResource.HttpEndpointName)
                .WithAnnotation(new RunnerAnnotation(services => ActivatorUtilities.CreateInstance<MailboxRunner>(services, mailbox)));
        }
    }
}
