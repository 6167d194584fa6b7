using System.Text.Json.Serialization;
using Flasky.Benchmarks.Peers;

namespace Flasky.Benchmarks.Reporting;

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(IReadOnlyList<Figure>))]
[JsonSerializable(typeof(PeersReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
