using System.Globalization;

namespace Flasky.Jobs;

/// <summary>When a recurring job is enqueued: a cron expression in a time zone, or an interval. Immutable and thread-safe.</summary>
public abstract class JobSchedule
{
    private protected JobSchedule()
    {
    }

    /// <summary>At the times of a cron expression of five or six fields.</summary>
    /// <param name="expression">See <see cref="CronExpression"/>.</param>
    /// <param name="zone">Whose clocks it means. Null: UTC. Its id must be known on every machine that schedules.</param>
    /// <exception cref="FormatException"><paramref name="expression"/> is no cron expression.</exception>
    /// <exception cref="ArgumentException"><paramref name="zone"/> cannot be found by its id, or the time never comes (30 February).</exception>
    public static JobSchedule Cron(string expression, TimeZoneInfo? zone = null)
    {
        var id = (zone ?? TimeZoneInfo.Utc).Id;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found))
            throw new ArgumentException($"The time zone '{id}' is not known to the system, so other processes could not find it.", nameof(zone));
        var schedule = new CronSchedule(CronExpression.Parse(expression), found);
        // Cron knows no years: what has no tick from some day on has none at all.
        return schedule.Next(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) is not null
            ? schedule
            : throw new ArgumentException($"The time of '{expression}' never comes.", nameof(expression));
    }

    /// <summary>Again and again after the same time, the first time one interval after the schedule is added.</summary>
    /// <param name="interval">0.1 seconds to 3,660 days, in whole milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is none of these.</exception>
    public static JobSchedule Every(TimeSpan interval) => new IntervalSchedule(interval);

    /// <summary>The first tick after <paramref name="now"/> of the series that <paramref name="tick"/> belongs to; null if there is none.</summary>
    internal abstract DateTimeOffset? Next(DateTimeOffset tick, DateTimeOffset now);

    /// <summary>The last tick up to <paramref name="now"/> of the series that starts with <paramref name="tick"/>, which is not later than it.</summary>
    internal abstract DateTimeOffset Last(DateTimeOffset tick, DateTimeOffset now);

    /// <summary>As it is written in Redis; also what <see cref="object.ToString"/> gives.</summary>
    /// <exception cref="FormatException">This version or this machine cannot read it.</exception>
    internal static JobSchedule Parse(string text)
    {
        if (text.Split(' ', 3) is ["cron", var zone, var expression])
        {
            return TimeZoneInfo.TryFindSystemTimeZoneById(Unescape(zone), out var found)
                ? new CronSchedule(CronExpression.Parse(expression), found)
                : throw new FormatException($"The time zone '{zone}' is not known to this system.");
        }
        if (text.Split(' ') is ["every", var ms] && long.TryParse(ms, NumberStyles.None, CultureInfo.InvariantCulture, out var interval) && IntervalSchedule.Allows(TimeSpan.FromMilliseconds(interval)))
            return new IntervalSchedule(TimeSpan.FromMilliseconds(interval));
        throw new FormatException($"'{text}' is no schedule.");
    }

    /// <summary>Ids like <c>Etc/GMT+5</c> have a plus of their own, and no blank.</summary>
    private static string Unescape(string zone) => zone.Contains('/', StringComparison.Ordinal) ? zone : zone.Replace('+', ' ');
}
