namespace OpenTelemetry.Metrics;

/// <summary>Measures the .NET runtime.</summary>
public static class MeterProviderBuilderExtensions
{
    /// <summary>Listens to the runtime's own meter: memory, collections, threads, exceptions.</summary>
    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder) =>
        builder.AddMeter("System.Runtime");
}
