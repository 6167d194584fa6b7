using System.Diagnostics.CodeAnalysis;
using Flasky.Jobs.Context;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs;

/// <summary>
/// Says what jobs carry from where they are enqueued to where they run, besides the trace context, which they always carry.
/// A name that is registered again replaces the earlier carrier.
/// </summary>
public sealed class JobContextBuilder
{
    internal JobContextBuilder(IServiceCollection services) => Services = services;

    /// <summary>Where carriers and what they need are registered.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Carries <see cref="System.Globalization.CultureInfo.CurrentCulture"/> and <see cref="System.Globalization.CultureInfo.CurrentUICulture"/>. A culture that the worker's machine does not know is logged and ignored.</summary>
    public JobContextBuilder Culture() => Carry<CultureCarrier>();

    /// <summary>
    /// Carries entries of the current <see cref="System.Diagnostics.Activity"/>'s baggage; all others stay behind. An entry of more than
    /// 256 characters is left behind too, with a log.
    /// </summary>
    /// <param name="keys">The entries' keys: lower-case letters, digits, <c>.</c>, <c>-</c> or <c>_</c>, starting with a letter.</param>
    /// <exception cref="InvalidOperationException">A key has other characters.</exception>
    public JobContextBuilder Baggage(params string[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (var key in keys)
        {
            CarrierNames.Check(CarrierNames.BaggagePrefix + key);
            Add(services => new BaggageCarrier(key, services.GetRequiredService<ILogger<BaggageCarrier>>()));
        }
        return this;
    }

    /// <summary>Carries the id of the user who caused the job, as <see cref="JobContext.UserId"/>.</summary>
    /// <param name="source">Reads it; gets the application's root services, so singletons only. Null: this process has none, and passes on what a job brings.</param>
    public JobContextBuilder UserId(Func<IServiceProvider, string?>? source = null) =>
        Add(services => new ValueCarrier(CarrierNames.UserId, services, source));

    /// <summary>Carries the id of the request that enqueued the job, as <see cref="JobContext.RequestId"/> and into what the handler logs.</summary>
    /// <param name="source">As for <see cref="UserId"/>.</param>
    public JobContextBuilder RequestId(Func<IServiceProvider, string?>? source = null) =>
        Add(services => new RequestIdCarrier(services, source, services.GetRequiredService<ILogger<RequestIdCarrier>>()));

    /// <summary>Carries what links start with, as <see cref="JobContext.PublicBaseUrl"/>. Take it from configuration: what a request says its host is, anybody can write.</summary>
    /// <param name="source">As for <see cref="UserId"/>. An enqueue throws if it returns anything but an absolute http or https address or nothing.</param>
    public JobContextBuilder PublicBaseUrl(Func<IServiceProvider, string?>? source = null) =>
        Add(services => new PublicBaseUrlCarrier(services, source, services.GetRequiredService<ILogger<PublicBaseUrlCarrier>>()));

    /// <summary>Carries a value of the application's own. What the carrier takes in its constructor must be singletons.</summary>
    public JobContextBuilder Carry<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TCarrier>() where TCarrier : class, IJobContextCarrier
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IJobContextCarrier, TCarrier>());
        return this;
    }

    private JobContextBuilder Add(Func<IServiceProvider, IJobContextCarrier> carrier)
    {
        Services.AddSingleton(carrier);
        return this;
    }
}
