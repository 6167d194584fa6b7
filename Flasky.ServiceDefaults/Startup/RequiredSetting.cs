using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Flasky.ServiceDefaults.Startup;

/// <summary>Stands for all settings that must be there; each one is a validation of its own, so that all failures are told at once.</summary>
internal sealed class RequiredSettings;

/// <summary>One setting that must be there, and the message if it is not. The message never holds the value: it may be a secret.</summary>
internal sealed class RequiredSetting(
    string path, string example, Action<string>? parse, IConfiguration configuration, IHostEnvironment environment)
    : IValidateOptions<RequiredSettings>
{
    /// <summary>The configuration path, for example <c>ConnectionStrings:redis</c>.</summary>
    internal string Path => path;

    /// <summary>What the configuration says now.</summary>
    internal string? Value => configuration[path];

    public ValidateOptionsResult Validate(string? name, RequiredSettings options)
    {
        if (string.IsNullOrWhiteSpace(Value))
        {
            return ValidateOptionsResult.Fail($"{path} is not set. {Advice()}");
        }
        try
        {
            parse?.Invoke(Value);
            return ValidateOptionsResult.Success;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException)
        {
            return ValidateOptionsResult.Fail($"{path} is set but cannot be read. {Advice()}");
        }
    }

    private string Advice() =>
        $"Start Flasky through its AppHost, which sets it; or set it in the environment variable {path.Replace(":", "__", StringComparison.Ordinal)}"
        + $" or in appsettings.{environment.EnvironmentName}.json, like: {example}";
}
