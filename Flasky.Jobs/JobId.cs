using System.Diagnostics.CodeAnalysis;

namespace Flasky.Jobs;

/// <summary>A job's identity: the queue it lives in and a unique value. Written as <c>mail:0199c1d23e4f7a6b8c9d0e1f2a3b4c5d</c>.</summary>
/// <param name="Queue">The queue's name.</param>
/// <param name="Value">Unique; a version 7 UUID when the queue makes it.</param>
public readonly record struct JobId(string Queue, Guid Value) : IParsable<JobId>
{
    /// <summary>A new id in <paramref name="queue"/>.</summary>
    public static JobId New(string queue, TimeProvider time) => new(queue, Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => $"{Queue}:{Value:N}";

    /// <inheritdoc/>
    public static JobId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException($"'{s}' is not a job id; expected 'queue:32 hexadecimal digits'.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var colon = s?.LastIndexOf(':') ?? -1;
        if (colon > 0 && Guid.TryParseExact(s.AsSpan(colon + 1), "N", out var value))
        {
            result = new JobId(s![..colon], value);
            return true;
        }
        result = default;
        return false;
    }
}
