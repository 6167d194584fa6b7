using Flasky.Jobs;

namespace Microsoft.Extensions.Hosting;

/// <summary>Says what jobs carry with them.</summary>
public static class JobContextExtensions
{
    /// <summary>
    /// Has jobs carry values of their surroundings. Call it in the processes that enqueue, which capture, and in the workers, which
    /// restore; before or after <c>AddFlaskyJobs</c> or <c>AddJobWorker</c>, and as often as you like.
    /// </summary>
    /// <example><code>
    /// builder.AddJobContext(context => context.Culture().Baggage("tenant").Carry&lt;RegionCarrier&gt;());
    /// </code></example>
    public static IHostApplicationBuilder AddJobContext(this IHostApplicationBuilder builder, Action<JobContextBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(new JobContextBuilder(builder.Services));
        return builder;
    }
}
