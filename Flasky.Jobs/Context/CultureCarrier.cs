using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Flasky.Jobs.Context;

/// <summary>The culture that formats and the one that texts are looked up for, written as <c>de-AT;en-GB</c>; the invariant one has no name.</summary>
internal sealed partial class CultureCarrier(ILogger<CultureCarrier> logger) : IJobContextCarrier
{
    public string Name => CarrierNames.Culture;

    public string Capture() => $"{CultureInfo.CurrentCulture.Name};{CultureInfo.CurrentUICulture.Name}";

    public IDisposable? Restore(string value, IServiceProvider services)
    {
        if (value.Split(';') is not [var culture, var texts])
        {
            LogIgnored(value);
            return null;
        }
        var before = new Before(CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        CultureInfo.CurrentCulture = Find(culture) ?? before.Culture;
        CultureInfo.CurrentUICulture = Find(texts) ?? before.Texts;
        return before;
    }

    private CultureInfo? Find(string name)
    {
        try
        {
            // Only what the machine knows: any other well-formed name would be made up, and kept for ever.
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            LogIgnored(name);
            return null;
        }
    }

    private sealed record Before(CultureInfo Culture, CultureInfo Texts) : IDisposable
    {
        public void Dispose() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Culture, Texts);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The culture '{Culture}' that the job carries is unknown here and ignored")]
    private partial void LogIgnored(string culture);
}
