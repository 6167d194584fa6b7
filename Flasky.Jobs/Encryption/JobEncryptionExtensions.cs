using System.Diagnostics.CodeAnalysis;
using Flasky.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Extensions.Hosting;

/// <summary>Has job arguments encrypted.</summary>
public static class JobEncryptionExtensions
{
    /// <summary>
    /// Encrypts the arguments of jobs marked <c>[Job(..., Encrypted = true)]</c>, or of all, with a protector of one's own. Call it in every process
    /// that enqueues or runs them.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="configure">Changes options in code; configuration section <c>Flasky:Jobs:Encryption</c> is read before.</param>
    public static IHostApplicationBuilder AddJobEncryption<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProtector>(this IHostApplicationBuilder builder, Action<JobEncryptionOptions>? configure = null)
        where TProtector : class, IJobPayloadProtector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IJobPayloadProtector, TProtector>();
        var options = builder.Services.AddOptions<JobEncryptionOptions>().BindConfiguration("Flasky:Jobs:Encryption");
        if (configure is not null)
            options.Configure(configure);
        return builder;
    }
}
