using System.Text.Json;
using System.Text.Json.Serialization;

namespace Flasky.Jobs.Serialization;

/// <summary>The headers of a job on the wire: a JSON object of strings, or nothing at all when there are none.</summary>
internal static class JobHeaders
{
    public const string TraceParent = "traceparent";
    public const string TraceState = "tracestate";

    public static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(StringComparer.Ordinal);

    public static string Write(IReadOnlyDictionary<string, string> headers) =>
        headers.Count == 0 ? "" : JsonSerializer.Serialize(headers, JobHeadersContext.Default.IReadOnlyDictionaryStringString);

    /// <exception cref="JsonException">The text is not a JSON object of strings.</exception>
    public static IReadOnlyDictionary<string, string> Read(string text) =>
        text.Length == 0 ? None : JsonSerializer.Deserialize(text, JobHeadersContext.Default.IReadOnlyDictionaryStringString) ?? None;
}

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class JobHeadersContext : JsonSerializerContext;
