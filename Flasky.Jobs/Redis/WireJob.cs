using System.Globalization;
using Flasky.Jobs.Serialization;

namespace Flasky.Jobs.Redis;

/// <summary>
/// A job's <c>job</c> field in Redis: <c>id name attempts created headers</c>, separated by blanks, the last one optional
/// and JSON. One text instead of five fields: Redis and both clients handle a value, not a byte, at a price.
/// </summary>
internal readonly record struct WireJob(string Id, string Name, int Attempts, long CreatedMs, string Headers)
{
    public static WireJob From(JobEnvelope job, IReadOnlyDictionary<string, string> headers) =>
        new(job.Id.Value.ToString("N"), job.Name, 0, job.CreatedAt.ToUnixTimeMilliseconds(), JobHeaders.Write(headers));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Id} {Name} {Attempts} {CreatedMs} {Headers}");

    /// <summary>Null if the text is none that this class wrote.</summary>
    public static WireJob? Parse(string text)
    {
        Span<Range> parts = stackalloc Range[5];
        var all = text.AsSpan();
        return all.Split(parts, ' ') == parts.Length
            && int.TryParse(all[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out var attempts)
            && long.TryParse(all[parts[3]], NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            ? new WireJob(text[parts[0]], text[parts[1]], attempts, created, text[parts[4]])
            : null;
    }
}
