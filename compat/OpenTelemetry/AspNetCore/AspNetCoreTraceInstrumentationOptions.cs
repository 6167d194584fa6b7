using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

/// <summary>How incoming HTTP requests are traced.</summary>
public class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Says which requests are traced; one that it returns false for, or throws for, is not. Null: all are.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }

    /// <summary>Adds an event with the stack trace for an exception that left the pipeline. Default: false.</summary>
    public bool RecordException { get; set; }
}
