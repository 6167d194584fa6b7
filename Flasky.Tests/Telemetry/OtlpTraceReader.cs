using System.Diagnostics;
using Google.Protobuf;
using static Flasky.Tests.Telemetry.OtlpValues;

namespace Flasky.Tests.Telemetry;

/// <summary>Reads an ExportTraceServiceRequest. Field numbers are those of opentelemetry-proto's trace.proto.</summary>
internal static class OtlpTraceReader
{
    internal static List<OtlpSpan> Read(byte[] request)
    {
        var spans = new List<OtlpSpan>();
        Fields(ByteString.CopyFrom(request), (field, input) => On(field == 1, () => ReadResourceSpans(input.ReadBytes(), spans)));
        return spans;
    }

    private static void ReadResourceSpans(ByteString message, List<OtlpSpan> spans)
    {
        var resource = new Dictionary<string, string>();
        var scopes = new List<ByteString>();
        Fields(message, (field, input) => field switch
        {
            1 => On(true, () => Fields(input.ReadBytes(), (inner, attributes) => On(inner == 1, () => AddTo(resource, attributes.ReadBytes())))),
            2 => On(true, () => scopes.Add(input.ReadBytes())),
            _ => false,
        });
        foreach (var scope in scopes)
        {
            ReadScopeSpans(scope, resource, spans);
        }
    }

    private static void ReadScopeSpans(ByteString message, Dictionary<string, string> resource, List<OtlpSpan> spans)
    {
        var source = "";
        var bodies = new List<ByteString>();
        Fields(message, (field, input) => field switch
        {
            1 => On(true, () => Fields(input.ReadBytes(), (inner, scope) => On(inner == 1, () => source = scope.ReadString()))),
            2 => On(true, () => bodies.Add(input.ReadBytes())),
            _ => false,
        });
        spans.AddRange(bodies.Select(body => ReadSpan(body, source, resource)));
    }

    private static OtlpSpan ReadSpan(ByteString message, string source, Dictionary<string, string> resource)
    {
        string traceId = "", spanId = "", parent = "", name = "", statusMessage = "";
        int kind = 0, status = 0;
        var attributes = new Dictionary<string, string>();
        var links = new List<string>();
        Fields(message, (field, input) => field switch
        {
            1 => On(true, () => traceId = Hex(input.ReadBytes())),
            2 => On(true, () => spanId = Hex(input.ReadBytes())),
            4 => On(true, () => parent = Hex(input.ReadBytes())),
            5 => On(true, () => name = input.ReadString()),
            6 => On(true, () => kind = input.ReadEnum()),
            9 => On(true, () => AddTo(attributes, input.ReadBytes())),
            13 => On(true, () => Fields(input.ReadBytes(), (inner, link) => On(inner == 2, () => links.Add(Hex(link.ReadBytes()))))),
            15 => On(true, () => Fields(input.ReadBytes(), (inner, state) => inner switch
            {
                2 => On(true, () => statusMessage = state.ReadString()),
                3 => On(true, () => status = state.ReadEnum()),
                _ => false,
            })),
            _ => false,
        });
        return new OtlpSpan
        {
            TraceId = traceId,
            SpanId = spanId,
            ParentSpanId = parent,
            Name = name,
            // OTLP counts kinds from 1 (internal), .NET from 0.
            Kind = (ActivityKind)(kind - 1),
            Status = (ActivityStatusCode)status,
            StatusMessage = statusMessage,
            Source = source,
            Attributes = attributes,
            Resource = resource,
            Links = links,
        };
    }

    private static bool On(bool wanted, Action read)
    {
        if (wanted)
        {
            read();
        }
        return wanted;
    }
}
