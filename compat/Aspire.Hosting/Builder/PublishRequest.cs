using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting;

/// <summary>How deployment tools ask for a publish: <c>--publisher manifest</c> or <c>--operation publish</c>.</summary>
internal static class PublishRequest
{
    internal const string Message =
        "The application cannot be published by the stand-in for Aspire that this build uses: it runs the application on this machine only. "
        + "Deployment needs the real Aspire.Hosting packages: restore from a NuGet feed that serves them (such as nuget.org), with dotnet restore --force, and publish again.";

    internal static bool IsIn(IConfiguration configuration) =>
        configuration["publisher"] is not null
        || configuration["Publishing:Publisher"] is not null
        || string.Equals(configuration["operation"] ?? configuration["AppHost:Operation"], "publish", StringComparison.OrdinalIgnoreCase);
}
