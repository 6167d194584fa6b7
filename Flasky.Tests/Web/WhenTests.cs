using Flasky.Web.Layout;

namespace Flasky.Tests.Web;

public sealed class WhenTests
{
    private static readonly DateTimeOffset Now = new(2030, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-60, "just now")]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(60, "a minute ago")]
    [InlineData(120, "2 minutes ago")]
    [InlineData(3599, "59 minutes ago")]
    [InlineData(3600, "an hour ago")]
    [InlineData(86399, "23 hours ago")]
    [InlineData(86400, "yesterday")]
    [InlineData(2 * 86400, "2 days ago")]
    [InlineData(7 * 86400, "8 June")]
    [InlineData(365 * 86400, "15 June 2029")]
    public void TimesAreToldAsPeopleTellThem(int secondsAgo, string expected) =>
        Assert.Equal(expected, WhenTagHelper.Relative(Now - TimeSpan.FromSeconds(secondsAgo), Now));
}
