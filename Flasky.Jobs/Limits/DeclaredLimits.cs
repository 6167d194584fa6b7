using Microsoft.Extensions.DependencyInjection;

namespace Flasky.Jobs.Limits;

/// <summary>The limits that this process's code declares. Filled while the host is built, read-only afterwards.</summary>
internal sealed class DeclaredLimits
{
    private readonly Dictionary<string, Dictionary<LimitScope, JobLimit>> byQueue = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Dictionary<LimitScope, JobLimit>> ByQueue => byQueue;

    public void Add(string queue, LimitScope scope, JobLimit limit)
    {
        if (!byQueue.TryGetValue(queue, out var limits))
            byQueue[queue] = limits = [];
        if (limits.TryGetValue(scope, out var other) && other != limit)
            throw new InvalidOperationException($"Two limits are declared for {scope} of the queue '{queue}'.");
        limits[scope] = limit;
    }

    /// <summary>Those of the host, made with their keeper at the first call.</summary>
    public static DeclaredLimits Of(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(DeclaredLimits))?.ImplementationInstance is DeclaredLimits found)
            return found;
        var declared = new DeclaredLimits();
        services.AddSingleton(declared);
        services.AddHostedService<LimitsKeeper>();
        return declared;
    }
}
