using Flasky.Jobs.Limits;
using Microsoft.Extensions.Hosting;

namespace Flasky.Jobs;

/// <summary>Declares limits in code.</summary>
public static class JobLimitsExtensions
{
    /// <summary>
    /// Declares limits. They are written to Redis at every start of the process, before its worker begins, and again should Redis lose them; every
    /// worker keeps them, whether it declares them or not. One that is no longer declared stays until it is removed (<see cref="IJobLimits.RemoveAsync"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">Two limits are declared for the same.</exception>
    /// <example><code>
    /// worker.Limits(limits => limits.ForQueue("mail", concurrency: 4, rate: JobRate.PerMinute(100, burst: 10)));
    /// </code></example>
    public static JobWorkerBuilder Limits(this JobWorkerBuilder worker, Action<JobLimitsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(configure);
        configure(new JobLimitsBuilder(DeclaredLimits.Of(worker.Services)));
        return worker;
    }

    /// <summary>As <see cref="Limits"/>, in a process that has no worker.</summary>
    /// <inheritdoc cref="Limits"/>
    public static IHostApplicationBuilder AddJobLimits(this IHostApplicationBuilder builder, string connectionName, Action<JobLimitsBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddFlaskyJobs(connectionName);
        configure(new JobLimitsBuilder(DeclaredLimits.Of(builder.Services)));
        return builder;
    }
}
