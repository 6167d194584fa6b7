using System.Globalization;
using Google.Protobuf;

namespace Flasky.Tests.Telemetry;

/// <summary>Reads the parts that every OTLP message is made of. Field numbers are those of opentelemetry-proto's common.proto.</summary>
internal static class OtlpValues
{
    /// <summary>Calls <paramref name="read"/> for each field of a message; a field that it leaves unread (returns false for) is skipped.</summary>
    internal static void Fields(ByteString message, Func<int, CodedInputStream, bool> read)
    {
        using var input = message.CreateCodedInput();
        while (input.ReadTag() is var tag and not 0)
        {
            if (!read(WireFormat.GetTagFieldNumber(tag), input))
            {
                input.SkipLastField();
            }
        }
    }

    /// <summary>Adds a KeyValue to <paramref name="attributes"/>.</summary>
    internal static void AddTo(Dictionary<string, string> attributes, ByteString keyValue)
    {
        string key = "", value = "";
        Fields(keyValue, (field, input) =>
        {
            switch (field)
            {
                case 1: key = input.ReadString(); return true;
                case 2: value = Any(input.ReadBytes()); return true;
                default: return false;
            }
        });
        attributes[key] = value;
    }

    internal static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);

    private static string Any(ByteString message)
    {
        var text = "";
        Fields(message, (field, input) =>
        {
            switch (field)
            {
                case 1: text = input.ReadString(); return true;
                case 2: text = input.ReadBool() ? "true" : "false"; return true;
                case 3: text = input.ReadInt64().ToString(CultureInfo.InvariantCulture); return true;
                case 4: text = input.ReadDouble().ToString(CultureInfo.InvariantCulture); return true;
                case 5: text = $"[{string.Join(',', Items(input.ReadBytes()))}]"; return true;
                default: return false;
            }
        });
        return text;
    }

    private static List<string> Items(ByteString array)
    {
        var items = new List<string>();
        Fields(array, (field, input) =>
        {
            if (field != 1)
            {
                return false;
            }
            items.Add(Any(input.ReadBytes()));
            return true;
        });
        return items;
    }
}
