using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Aspire.StackExchange.Redis;

/// <summary>Starts the client's options from the connection string, so that whoever configures them further starts from there.</summary>
internal sealed class RedisOptionsFactory(
    StackExchangeRedisSettings settings,
    IEnumerable<IConfigureOptions<ConfigurationOptions>> setups,
    IEnumerable<IPostConfigureOptions<ConfigurationOptions>> postConfigures,
    IEnumerable<IValidateOptions<ConfigurationOptions>> validations)
    : OptionsFactory<ConfigurationOptions>(setups, postConfigures, validations)
{
    /// <inheritdoc/>
    protected override ConfigurationOptions CreateInstance(string name)
    {
        if (string.IsNullOrWhiteSpace(settings.ConnectionString))
        {
            // Whoever connects with these finds no endpoint in them, and says which setting is missing.
            return base.CreateInstance(name);
        }
        var connectionString = settings.ConnectionString;
        var options = ConfigurationOptions.Parse(connectionString);
        // A server that is down at the start must not end the program: the client keeps trying, unless the string says otherwise.
        if (!connectionString.Contains("abortConnect=", StringComparison.OrdinalIgnoreCase))
        {
            options.AbortOnConnectFail = false;
        }
        return options;
    }
}
