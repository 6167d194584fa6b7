using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flasky.Jobs.Hosting;

/// <summary>How types in arguments are found where the application does not say.</summary>
internal static class JobJson
{
    /// <summary>By reflection, where there is any.</summary>
    public static IJsonTypeInfoResolver DefaultResolver() =>
        JsonSerializer.IsReflectionEnabledByDefault ? ByReflection() : JsonTypeInfoResolver.Combine();

    // An application that is trimmed or compiled ahead of time has reflection-based JSON off, so it never comes here;
    // a job that its own resolver does not know is then refused with a message that says so.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault.")]
    private static DefaultJsonTypeInfoResolver ByReflection() => new();
}
