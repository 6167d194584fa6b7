using System.Globalization;

namespace Flasky.Mailbox.Web;

/// <summary>Times as the person at this machine reads them.</summary>
internal static class LocalTime
{
    /// <summary>The time of day for today's, else the date.</summary>
    public static Html Short(DateTimeOffset moment, TimeProvider time)
    {
        var local = TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone);
        var today = local.Date == time.GetLocalNow().Date;
        return Element(moment, local.ToString(today ? "HH:mm:ss" : "d MMM", CultureInfo.InvariantCulture));
    }

    public static Html Full(DateTimeOffset moment, TimeProvider time) => Element(
        moment,
        TimeZoneInfo.ConvertTime(moment, time.LocalTimeZone).ToString("ddd, d MMM yyyy, HH:mm:ss zzz", CultureInfo.InvariantCulture));

    private static Html Element(DateTimeOffset moment, string text) =>
        Html.From($"<time datetime=\"{moment.ToString("O", CultureInfo.InvariantCulture)}\">{text}</time>");
}
