using System.Text.Json.Serialization;

namespace Flasky.Benchmarks.Reporting;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IReadOnlyList<Figure>))]
internal sealed partial class ReportJson : JsonSerializerContext;
