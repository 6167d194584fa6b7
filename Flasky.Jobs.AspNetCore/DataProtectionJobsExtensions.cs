using Flasky.Jobs;
using Flasky.Jobs.AspNetCore;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Has job arguments encrypted with ASP.NET Core Data Protection.</summary>
public static class DataProtectionJobsExtensions
{
    /// <summary>
    /// Encrypts the arguments of jobs marked <c>[Job(..., Encrypted = true)]</c>, or of all, with the application's key ring. Call it in every process
    /// that enqueues or runs them; they need one key ring and one application name (<c>AddDataProtection().SetApplicationName(...)</c>).
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Changes options in code; configuration section <c>Flasky:Jobs:Encryption</c> is read before.</param>
    public static IHostApplicationBuilder AddJobEncryption(this IHostApplicationBuilder builder, Action<JobEncryptionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDataProtection();
        return builder.AddJobEncryption<DataProtectionPayloadProtector>(configure);
    }
}
