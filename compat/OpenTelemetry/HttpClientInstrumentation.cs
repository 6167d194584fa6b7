namespace OpenTelemetry.Trace
{
    /// <summary>Traces outgoing HTTP requests.</summary>
    public static class HttpClientInstrumentationTracerProviderBuilderExtensions
    {
        /// <summary>Listens to HttpClient, which since .NET 9 writes every attribute itself.</summary>
        public static TracerProviderBuilder AddHttpClientInstrumentation(this TracerProviderBuilder builder) =>
            builder.AddSource("System.Net.Http");
    }
}

namespace OpenTelemetry.Metrics
{
    /// <summary>Measures outgoing HTTP requests.</summary>
    public static class HttpClientInstrumentationMeterProviderBuilderExtensions
    {
        /// <summary>Listens to the meters of HttpClient and of name resolution.</summary>
        public static MeterProviderBuilder AddHttpClientInstrumentation(this MeterProviderBuilder builder) =>
            builder.AddMeter("System.Net.Http", "System.Net.NameResolution");
    }
}
