namespace Flasky.Jobs;

internal sealed class CronSchedule(CronExpression expression, TimeZoneInfo zone) : JobSchedule
{
    internal override DateTimeOffset? Next(DateTimeOffset tick, DateTimeOffset now) => expression.Next(now, zone);

    internal override DateTimeOffset Last(DateTimeOffset tick, DateTimeOffset now)
    {
        // A search by halves: from which second on is there no tick left up to now?
        long some = -1;
        var none = (long)Math.Ceiling((now - tick).TotalSeconds) + 1;
        while (none - some > 1)
        {
            var middle = some + ((none - some) / 2);
            if (expression.Next(tick.AddSeconds(middle), zone) <= now)
                some = middle;
            else
                none = middle;
        }
        return expression.Next(tick.AddSeconds(some), zone) is { } last && last <= now ? last : tick;
    }

    /// <summary>Zone ids of Windows have blanks, which separate the parts.</summary>
    public override string ToString() => $"cron {zone.Id.Replace(' ', '+')} {expression}";
}
