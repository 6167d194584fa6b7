using Flasky.ServiceDefaults.Startup;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Hosting;

/// <summary>Declares what a process cannot do without. It is checked before anything starts; see <see cref="Flasky.ServiceDefaults.FlaskyHost"/>.</summary>
public static class RequiredSettingsExtensions
{
    /// <summary>Requires <c>ConnectionStrings:{name}</c>.</summary>
    /// <inheritdoc cref="RequireSetting"/>
    public static TBuilder RequireConnectionString<TBuilder>(this TBuilder builder, string name, string example, Action<string>? parse = null)
        where TBuilder : IHostApplicationBuilder =>
        builder.RequireSetting($"ConnectionStrings:{name}", example, parse);

    /// <summary>Requires a setting.</summary>
    /// <param name="builder">The host under construction.</param>
    /// <param name="path">The configuration path, for example <c>Flasky:BaseUrl</c>.</param>
    /// <param name="example">What it looks like, shown when it is missing or cannot be read; no real secret.</param>
    /// <param name="parse">
    /// Throws <see cref="ArgumentException"/>, <see cref="FormatException"/> or <see cref="InvalidOperationException"/> for a value
    /// that cannot be used; their messages are not shown, as they may quote a password. Null: any value will do.
    /// </param>
    public static TBuilder RequireSetting<TBuilder>(this TBuilder builder, string path, string example, Action<string>? parse = null)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddOptions<RequiredSettings>().ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<RequiredSettings>>(services => new RequiredSetting(
            path, example, parse, services.GetRequiredService<IConfiguration>(), services.GetRequiredService<IHostEnvironment>()));
        return builder;
    }
}
