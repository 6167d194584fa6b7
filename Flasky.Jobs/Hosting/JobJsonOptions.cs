using System.Text.Json;

namespace Flasky.Jobs;

/// <summary>How arguments are written and read. Producers and workers must agree on it.</summary>
public sealed class JobJsonOptions
{
    /// <summary>
    /// Default: the web defaults (camel case, case-insensitive when read). Set a source-generated
    /// <see cref="JsonSerializerOptions.TypeInfoResolver"/> to avoid reflection. Read-only once the host has started.
    /// </summary>
    public JsonSerializerOptions SerializerOptions { get; } = new(JsonSerializerDefaults.Web);
}
