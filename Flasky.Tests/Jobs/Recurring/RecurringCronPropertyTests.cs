using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Recurring;

/// <summary>Random expressions against a search that looks at every minute, or every day. Seeds are fixed and named in a failure.</summary>
public sealed class RecurringCronPropertyTests
{
    private static readonly TimeZoneInfo[] Zones = [.. new[]
    {
        "UTC", "Europe/Berlin", "Europe/Dublin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu",
        "Africa/Casablanca", "Pacific/Apia", "America/Caracas", "Asia/Pyongyang", "Antarctica/Troll",
    }.Select(TimeZoneInfo.FindSystemTimeZoneById)];

    [Fact]
    public void AgreesWithASearchOfEveryMinuteAroundChangesOfTheClocks()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var cron = new RandomCron(random, sparse: false);
            var zone = Zones[random.Next(Zones.Length)];
            var start = Start(random, zone);
            var end = start.AddDays(3);

            var found = new List<DateTimeOffset>();
            var expression = CronExpression.Parse(cron.Text);
            for (var next = expression.Next(start, zone); next <= end; next = expression.Next(next.Value, zone))
                found.Add(next.Value);

            Assert.True(Search(cron, zone, start, end).SequenceEqual(found), $"Seed {seed}: '{cron.Text}' in {zone.Id} from {start:u}.");
        }
    }

    [Fact]
    public void AgreesWithASearchFromAnyMomentWithinTheHoursAroundAChange()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed + 1000);
            var cron = new RandomCron(random, sparse: false);
            var zone = Zones[1 + random.Next(Zones.Length - 1)];
            var start = Start(random, zone).AddSeconds(random.Next(172_800));

            var expected = Search(cron, zone, start, start.AddDays(3)).Cast<DateTimeOffset?>().FirstOrDefault();
            var next = CronExpression.Parse(cron.Text).Next(start, zone);

            Assert.True(expected == next || (expected is null && !(next <= start.AddDays(3))),
                $"Seed {seed} + 1000: '{cron.Text}' in {zone.Id} after {start:O}: {next:u} instead of {expected:u}.");
        }
    }

    [Fact]
    public void AgreesWithASearchOfEveryDayOfSomeYears()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var cron = new RandomCron(random, sparse: true);
            var start = new DateTime(random.Next(1990, 2090), random.Next(1, 13), 1, 0, 0, 0, DateTimeKind.Utc);
            var expected = Enumerable.Range(0, 1500).Select(day => start.AddDays(day)).Where(cron.FitsDay)
                .Select(day => new DateTimeOffset(day.AddHours(3).AddMinutes(7), TimeSpan.Zero)).Take(40).ToList();

            var found = new List<DateTimeOffset>();
            var expression = CronExpression.Parse(cron.Text);
            for (var next = expression.Next(new DateTimeOffset(start, TimeSpan.Zero), TimeZoneInfo.Utc); next is not null && found.Count < expected.Count; next = expression.Next(next.Value, TimeZoneInfo.Utc))
                found.Add(next.Value);

            Assert.True(expected.SequenceEqual(found), $"Seed {seed}: '{cron.Text}' from {start:u}.");
        }
    }

    /// <summary>A random minute, mostly a day before a change of the clocks.</summary>
    private static DateTimeOffset Start(Random random, TimeZoneInfo zone)
    {
        var start = new DateTimeOffset(random.Next(1985, 2035), random.Next(1, 13), random.Next(1, 29), random.Next(24), random.Next(60), 0, TimeSpan.Zero);
        for (var day = 0; day < 300; day++)
        {
            if (zone.GetUtcOffset(start.AddDays(day)) != zone.GetUtcOffset(start.AddDays(day + 1)))
                return start.AddDays(day - 1);
        }
        return start;
    }

    private static List<DateTimeOffset> Search(RandomCron cron, TimeZoneInfo zone, DateTimeOffset start, DateTimeOffset end)
    {
        var found = new List<DateTimeOffset>();
        var minute = new DateTimeOffset(start.AddDays(-2).Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
        var offset = zone.GetUtcOffset(minute);
        var latest = default(DateTime);
        for (; minute <= end; minute = minute.AddMinutes(1))
        {
            var before = offset;
            offset = zone.GetUtcOffset(minute);
            var local = minute.DateTime + offset;
            var jumped = false;
            for (var skipped = minute.DateTime + before; skipped < local; skipped = skipped.AddMinutes(1))
                jumped |= cron.Fits(skipped);
            if (minute > start && (jumped || (cron.Fits(local) && (cron.IsInterval || local > latest))))
                found.Add(minute);
            latest = local > latest ? local : latest;
        }
        return found;
    }
}
