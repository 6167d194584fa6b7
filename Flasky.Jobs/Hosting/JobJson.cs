using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flasky.Jobs.Hosting;

/// <summary>Settles how arguments are written and read, before the first one is.</summary>
internal static class JobJson
{
    /// <summary>Makes the options read-only; they then find types in the user's resolver or, if there is none, by reflection.</summary>
    public static void Complete(JobJsonOptions json)
    {
        var options = json.SerializerOptions;
        options.TypeInfoResolver ??= JsonSerializer.IsReflectionEnabledByDefault ? ByReflection() : JsonTypeInfoResolver.Combine();
        options.MakeReadOnly();
    }

    // An application that is trimmed or compiled ahead of time has reflection-based JSON off, so it never comes here;
    // a job that its own resolver does not know is then refused with a message that says so.
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Called only where JsonSerializer.IsReflectionEnabledByDefault.")]
    private static DefaultJsonTypeInfoResolver ByReflection() => new();
}
