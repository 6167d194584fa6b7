using System.Globalization;
using Flasky.Jobs;

namespace Flasky.Tests.Jobs.Recurring;

public sealed class RecurringCronTests
{
    [Theory]
    [InlineData("*/15 * * * *", "2030-01-02T03:04:05Z", "2030-01-02T03:15:00Z")]
    [InlineData("30 4 1,15 * *", "2030-01-02T03:04:05Z", "2030-01-15T04:30:00Z")]
    [InlineData("*/10 * * * * *", "2030-01-02T03:04:05Z", "2030-01-02T03:04:10Z")]
    [InlineData("0 7 * * MON", "2030-01-02T03:04:05Z", "2030-01-07T07:00:00Z")]
    [InlineData("0 7 * * mon-fri", "2030-01-04T08:00:00Z", "2030-01-07T07:00:00Z")]
    [InlineData("0 7 * * FRI-MON", "2030-01-02T08:00:00Z", "2030-01-04T07:00:00Z")]
    [InlineData("0 22-2 * * *", "2030-01-02T03:00:00Z", "2030-01-02T22:00:00Z")]
    [InlineData("0 0 1 JAN,JUL *", "2030-01-02T00:00:00Z", "2030-07-01T00:00:00Z")]
    [InlineData("0 0 L * ?", "2028-02-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 L-3 * ?", "2030-01-01T00:00:00Z", "2030-01-28T00:00:00Z")]
    [InlineData("0 0 LW * ?", "2030-03-01T00:00:00Z", "2030-03-29T00:00:00Z")]
    [InlineData("0 0 1W 6 ?", "2030-01-01T00:00:00Z", "2030-06-03T00:00:00Z")]
    [InlineData("0 0 15W * ?", "2030-06-01T00:00:00Z", "2030-06-14T00:00:00Z")]
    [InlineData("0 0 ? * 5L", "2030-01-01T00:00:00Z", "2030-01-25T00:00:00Z")]
    [InlineData("0 0 ? * MON#2", "2030-01-01T00:00:00Z", "2030-01-14T00:00:00Z")]
    [InlineData("0 0 ? * 7", "2030-01-01T00:00:00Z", "2030-01-06T00:00:00Z")]
    [InlineData("0 0 13 * FRI", "2030-01-01T00:00:00Z", "2030-01-04T00:00:00Z")]
    [InlineData("0 0 */2 * MON", "2030-01-08T00:00:00Z", "2030-01-21T00:00:00Z")]
    [InlineData("5/20 * * * *", "2030-01-01T00:26:00Z", "2030-01-01T00:45:00Z")]
    [InlineData("0 0 29 2 *", "2097-01-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("@hourly", "2030-01-02T03:04:05Z", "2030-01-02T04:00:00Z")]
    [InlineData("@yearly", "2030-01-02T03:04:05Z", "2031-01-01T00:00:00Z")]
    [InlineData("59 59 23 31 12 *", "2030-12-31T23:59:59Z", "2031-12-31T23:59:59Z")]
    public void FindsTheNextTime(string expression, string after, string next) =>
        Assert.Equal(Time(next), CronExpression.Parse(expression).Next(Time(after), TimeZoneInfo.Utc));

    [Theory]
    [InlineData("0 0 30 2 *")]
    [InlineData("0 0 31 4,6,9,11 ?")]
    [InlineData("0 0 31W 2 ?")]
    public void SaysThatAnImpossibleDateNeverComes(string expression)
    {
        Assert.Null(CronExpression.Parse(expression).Next(Time("2030-01-01T00:00:00Z"), TimeZoneInfo.Utc));
        Assert.Throws<ArgumentException>(() => JobSchedule.Cron(expression));
    }

    [Fact]
    public void EndsWithTheCalendar() =>
        Assert.Null(CronExpression.Parse("* * * * * *").Next(DateTimeOffset.MaxValue, TimeZoneInfo.Utc));

    [Theory]
    [InlineData("* * * *", "4 fields")]
    [InlineData("", "0 fields")]
    [InlineData("60 * * * *", "the minutes field has '60'; allowed are 0-59")]
    [InlineData("* 24 * * *", "the hours field has '24'; allowed are 0-23")]
    [InlineData("* * 0 * *", "the day of month field has '0'; allowed are 1-31")]
    [InlineData("* * * FOO *", "the month field has 'FOO'; allowed are 1-12, JAN-DEC")]
    [InlineData("* * * * 8", "the day of week field has '8'; allowed are 0-7")]
    [InlineData("* * * * L", "the day of week field has 'L'")]
    [InlineData("* * * * MON#6", "the day of week field has 'MON#6'")]
    [InlineData("*/0 * * * *", "the minutes field has '*/0'")]
    [InlineData("1,,2 * * * *", "the minutes field has ''")]
    [InlineData("-1 * * * *", "the minutes field has '-1'")]
    [InlineData("? * * * *", "the minutes field has '?'")]
    [InlineData("* * ? * ?", "both '?'")]
    [InlineData("61 * * * * *", "the seconds field has '61'")]
    [InlineData("@often", "@hourly")]
    public void NamesTheFieldThatIsWrongAndWhatIsAllowed(string expression, string message)
    {
        Assert.Contains(message, Assert.Throws<FormatException>(() => CronExpression.Parse(expression)).Message, StringComparison.Ordinal);
        Assert.False(CronExpression.TryParse(expression, out _));
    }

    [Theory]
    // Europe/Berlin: 02:00 -> 03:00 on 31 March 2030 at 01:00 UTC, 03:00 -> 02:00 on 27 October 2030 at 01:00 UTC.
    [InlineData("Europe/Berlin", "30 2 * * *", "2030-03-30T12:00:00Z", "2030-03-31T01:00:00Z 2030-04-01T00:30:00Z")]
    [InlineData("Europe/Berlin", "0,30 2 * * *", "2030-03-31T00:00:00Z", "2030-03-31T01:00:00Z 2030-04-01T00:00:00Z")]
    [InlineData("Europe/Berlin", "*/30 * * * *", "2030-03-31T00:15:00Z", "2030-03-31T00:30:00Z 2030-03-31T01:00:00Z 2030-03-31T01:30:00Z")]
    [InlineData("Europe/Berlin", "30 2 * * *", "2030-10-26T12:00:00Z", "2030-10-27T00:30:00Z 2030-10-28T01:30:00Z")]
    [InlineData("Europe/Berlin", "0 * * * *", "2030-10-26T23:30:00Z", "2030-10-27T00:00:00Z 2030-10-27T01:00:00Z 2030-10-27T02:00:00Z")]
    [InlineData("Europe/Berlin", "*/30 * * * *", "2030-10-27T00:15:00Z", "2030-10-27T00:30:00Z 2030-10-27T01:00:00Z 2030-10-27T01:30:00Z 2030-10-27T02:00:00Z")]
    // America/New_York: 02:00 -> 03:00 on 10 March 2030 at 07:00 UTC, 02:00 -> 01:00 on 3 November 2030 at 06:00 UTC.
    [InlineData("America/New_York", "15 2 * * *", "2030-03-09T12:00:00Z", "2030-03-10T07:00:00Z 2030-03-11T06:15:00Z")]
    [InlineData("America/New_York", "15 1 * * *", "2030-11-02T12:00:00Z", "2030-11-03T05:15:00Z 2030-11-04T06:15:00Z")]
    [InlineData("America/New_York", "15 * * * *", "2030-11-03T04:30:00Z", "2030-11-03T05:15:00Z 2030-11-03T06:15:00Z 2030-11-03T07:15:00Z")]
    // Australia/Lord_Howe, by half an hour: 02:00 -> 02:30 on 6 October 2030 at 15:30 UTC the day before, 02:00 -> 01:30 on 7 April 2030 at 15:00 UTC the day before.
    [InlineData("Australia/Lord_Howe", "15 2 * * *", "2030-10-05T12:00:00Z", "2030-10-05T15:30:00Z 2030-10-06T15:15:00Z")]
    [InlineData("Australia/Lord_Howe", "45 1 * * *", "2030-04-06T12:00:00Z", "2030-04-06T14:45:00Z 2030-04-07T15:15:00Z")]
    [InlineData("Australia/Lord_Howe", "*/15 * * * *", "2030-04-06T14:40:00Z", "2030-04-06T14:45:00Z 2030-04-06T15:00:00Z 2030-04-06T15:15:00Z 2030-04-06T15:30:00Z")]
    // Asia/Kathmandu: 5:45 ahead; 00:00 -> 00:15 on 1 January 1986.
    [InlineData("Asia/Kathmandu", "0 7 * * *", "2030-01-01T00:00:00Z", "2030-01-01T01:15:00Z 2030-01-02T01:15:00Z")]
    [InlineData("Asia/Kathmandu", "5 0 * * *", "1985-12-31T12:00:00Z", "1985-12-31T18:30:00Z 1986-01-01T18:20:00Z")]
    // Pacific/Apia: no 30 December 2011 at all.
    [InlineData("Pacific/Apia", "0 12 * * *", "2011-12-30T00:00:00Z", "2011-12-30T10:00:00Z 2011-12-30T22:00:00Z")]
    public void KeepsToTheClocksOfAZone(string zone, string expression, string after, string next)
    {
        var cron = CronExpression.Parse(expression);
        var from = Time(after);
        foreach (var expected in next.Split(' ').Select(Time))
        {
            from = cron.Next(from, TimeZoneInfo.FindSystemTimeZoneById(zone)) ?? throw new InvalidOperationException("There is no next time.");
            Assert.Equal(expected, from);
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
