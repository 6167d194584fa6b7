using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A value that is set from outside, under <c>Parameters:{name}</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="callback">Finds the value.</param>
    /// <param name="secret">Whether the value may not be shown.</param>
    public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
    {
        private readonly Lock gate = new();
        private string? value;

        /// <summary>Whether the value may not be shown.</summary>
        public bool Secret { get; } = secret;

        /// <summary>What makes up a value when none is set, or null.</summary>
        public ParameterDefault? Default { get; set; }

        /// <inheritdoc />
        public string ValueExpression => $"{{{Name}.value}}";

        /// <inheritdoc />
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
        {
            lock (gate)
                return new(value ??= callback(Default));
        }
    }

    /// <summary>Makes up a value.</summary>
    public abstract class ParameterDefault
    {
        /// <summary>A value; another one at each call.</summary>
        public abstract string GetDefaultValue();
    }

    /// <summary>Makes up a random value of ASCII letters and digits, and of <c>-_.{}~()*+!</c> if wanted.</summary>
    public sealed class GenerateParameterDefault : ParameterDefault
    {
        private const string Alphanumeric = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ123456789";

        /// <summary>The number of characters; 22 (128 bits) unless told.</summary>
        public int MinLength { get; set; } = 22;

        /// <summary>Whether there may be punctuation; yes unless told.</summary>
        public bool Special { get; set; } = true;

        /// <inheritdoc />
        public override string GetDefaultValue() =>
            RandomNumberGenerator.GetString(Special ? Alphanumeric + "-_.{}~()*+!" : Alphanumeric, MinLength);
    }

    internal sealed class ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? variable)
        : ParameterResource(name, callback, secret: true), IResourceWithConnectionString
    {
        public string? ConnectionStringEnvironmentVariable { get; } = variable;

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{(ParameterResource)this}");

        public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) => GetValueAsync(cancellationToken);
    }
}

namespace Aspire.Hosting
{
    /// <summary>Adds values that are set from outside.</summary>
    public static class ParameterResourceBuilderExtensions
    {
        /// <summary>Adds a value that must be set under <c>Parameters:{name}</c>.</summary>
        public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, bool secret = false) =>
            builder.AddResource(new ParameterResource(name, _ => builder.Configuration.Required($"Parameters:{name}"), secret));

        /// <summary>Adds a value that is fixed while the application runs here, and asked for by a deployment.</summary>
        public static IResourceBuilder<ParameterResource> AddParameter(this IDistributedApplicationBuilder builder, string name, string value, bool publishValueAsDefault = false, bool secret = false) =>
            builder.AddResource(new ParameterResource(name, _ => value, secret));

        /// <summary>Adds a connection string that must be set under <c>ConnectionStrings:{name}</c>.</summary>
        public static IResourceBuilder<IResourceWithConnectionString> AddConnectionString(this IDistributedApplicationBuilder builder, string name, string? environmentVariableName = null) =>
            builder.AddResource(new ConnectionStringParameterResource(name, _ => builder.Configuration.Required($"ConnectionStrings:{name}"), environmentVariableName));

        /// <summary>A secret that is made up once and kept with the application's data.</summary>
        internal static ParameterResource CreateGeneratedPassword(this IDistributedApplicationBuilder builder, string name, bool special)
        {
            var settings = builder.Services.Select(service => service.ImplementationInstance).OfType<EngineSettings>().Single();
            return new ParameterResource(name, generate => builder.Configuration[$"Parameters:{name}"] ?? settings.Data.Secrets.GetOrAdd(name, generate!.GetDefaultValue), secret: true)
            {
                Default = new GenerateParameterDefault { Special = special },
            };
        }

        private static string Required(this ConfigurationManager configuration, string key) =>
            configuration[key] ?? throw new DistributedApplicationException($"The setting '{key}' is missing and has no default value.");
    }
}
