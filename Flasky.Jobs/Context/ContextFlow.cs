using System.Diagnostics;
using System.Text;
using Flasky.Jobs.Serialization;
using Microsoft.Extensions.Options;

namespace Flasky.Jobs.Context;

/// <summary>
/// Takes the surroundings of an enqueue into the job's headers, and puts them back around its handler. Nothing but the trace
/// context is carried unless the application registered a carrier for it. A singleton; safe for concurrent use.
/// </summary>
internal sealed class ContextFlow
{
    /// <summary>Tells carried values from the queue's own headers.</summary>
    private const string Prefix = "ctx.";

    public static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly (string Header, IJobContextCarrier Carrier)[] carriers;
    private readonly int maxBytes;

    public ContextFlow(IEnumerable<IJobContextCarrier> carriers, IOptions<FlaskyJobsOptions> options)
    {
        var byName = new OrderedDictionary<string, IJobContextCarrier>(StringComparer.Ordinal);
        foreach (var carrier in carriers)
            byName[CarrierNames.Check(carrier.Name)] = carrier;
        this.carriers = [.. byName.Select(carrier => (Prefix + carrier.Key, carrier.Value))];
        maxBytes = options.Value.MaxContextBytes;
    }

    /// <summary>The headers for a job that is created here and now: its surroundings, and what it asks of the queue.</summary>
    /// <exception cref="InvalidOperationException">More is to be carried than <see cref="FlaskyJobsOptions.MaxContextBytes"/>.</exception>
    public IReadOnlyDictionary<string, string> Capture(string job, JobDirectives directives)
    {
        var parent = AmbientJob.Current;
        var headers = Trace(parent);
        if (carriers.Length == 0 && parent is null && directives == JobDirectives.None)
            return headers ?? JobHeaders.None;

        headers ??= new Dictionary<string, string>(StringComparer.Ordinal);
        directives.Write(headers);
        foreach (var (header, value) in parent?.Headers ?? Nothing)
        {
            if (header.StartsWith(Prefix, StringComparison.Ordinal))
                headers[header] = value;
        }
        foreach (var (header, carrier) in carriers)
        {
            if (carrier.Capture() is { Length: > 0 } value)
                headers[header] = value;
        }
        CheckSize(job, headers);
        return headers.Count == 0 ? JobHeaders.None : headers;
    }

    /// <summary>Puts what <paramref name="headers"/> carry in place, until the result is disposed.</summary>
    public IDisposable Restore(JobContext context, IReadOnlyDictionary<string, string> headers, IServiceProvider scope)
    {
        var restored = new RestoredContext(AmbientJob.Begin(context, headers));
        if (context.Carried.Count == 0)
            return restored;
        try
        {
            foreach (var (header, carrier) in carriers)
            {
                if (headers.TryGetValue(header, out var value) && value.Length > 0)
                    restored.Add(carrier.Restore(value, scope));
            }
            return restored;
        }
        catch
        {
            restored.Dispose();
            throw;
        }
    }

    /// <summary>The carried values among the headers, by the carrier's name.</summary>
    public static IReadOnlyDictionary<string, string> Carried(IReadOnlyDictionary<string, string> headers)
    {
        Dictionary<string, string>? carried = null;
        foreach (var (header, value) in headers)
        {
            if (header.StartsWith(Prefix, StringComparison.Ordinal))
                (carried ??= new Dictionary<string, string>(StringComparer.Ordinal))[header[Prefix.Length..]] = value;
        }
        return carried ?? Nothing;
    }

    /// <summary>The current activity's, or where nobody listens to activities, that of the job around.</summary>
    private static Dictionary<string, string>? Trace(AmbientJob? parent)
    {
        var (traceParent, traceState) = Activity.Current is { Id: { } id, IdFormat: ActivityIdFormat.W3C } current
            ? (id, current.TraceStateString)
            : (parent?.Headers.GetValueOrDefault(JobHeaders.TraceParent), parent?.Headers.GetValueOrDefault(JobHeaders.TraceState));
        if (traceParent is null)
            return null;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { [JobHeaders.TraceParent] = traceParent };
        if (!string.IsNullOrEmpty(traceState))
            headers[JobHeaders.TraceState] = traceState;
        return headers;
    }

    private void CheckSize(string job, Dictionary<string, string> headers)
    {
        var carried = headers.Where(header => header.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(header => (Name: header.Key[Prefix.Length..], Bytes: Encoding.UTF8.GetByteCount(header.Key) + Encoding.UTF8.GetByteCount(header.Value)))
            .ToList();
        var bytes = carried.Sum(value => value.Bytes);
        if (bytes <= maxBytes)
            return;
        var largest = carried.MaxBy(value => value.Bytes);
        throw new InvalidOperationException(
            $"What job '{job}' carries takes {bytes:N0} bytes, '{largest.Name}' alone {largest.Bytes:N0}; the most is {maxBytes:N0} (Flasky:Jobs:MaxContextBytes). Carry keys, not data.");
    }
}
