using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Recurring;

/// <summary>What a job carries of the tick it was enqueued for.</summary>
internal static class RecurringHeaders
{
    private const string NameKey = "recurring";
    private const string TickKey = "tick";

    public static Dictionary<string, string> Write(string name, DateTimeOffset tick) => new(StringComparer.Ordinal)
    {
        [NameKey] = name,
        [TickKey] = tick.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
    };

    public static DateTimeOffset? Tick(IReadOnlyDictionary<string, string> headers) =>
        headers.TryGetValue(TickKey, out var text)
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(ms)
            : null;

    /// <summary>
    /// The id of the job of one tick: the same whoever computes it, so that even after a failover that forgot the tick,
    /// handlers that keep a ledger by job id see one job.
    /// </summary>
    public static JobId Id(string queue, string name, DateTimeOffset tick)
    {
        var text = Encoding.UTF8.GetBytes($"{queue} {name} ");
        Span<byte> input = stackalloc byte[text.Length + sizeof(long)];
        text.CopyTo(input);
        BinaryPrimitives.WriteInt64BigEndian(input[text.Length..], tick.ToUnixTimeMilliseconds());
        return new JobId(queue, DerivedId.From(input));
    }
}
