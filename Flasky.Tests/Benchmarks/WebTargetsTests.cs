using Flasky.Benchmarks.Reporting;
using Flasky.Benchmarks.Web;

namespace Flasky.Tests.Benchmarks;

public sealed class WebTargetsTests
{
    private const string Share = "  of the bound";
    private const string Growth = "  p99, of that over 1,000";

    private static readonly Dictionary<string, int> None = [];

    [Theory]
    [InlineData(350, true)]
    [InlineData(340, false)]
    public void AskForAThirdOfTheBareQuerysRate(double rate, bool met) =>
        Assert.Equal(met, Find(WebTargets.Of(Measured(rate), None, growth: true), Share).IsMet);

    [Theory]
    [InlineData(1.1, true)]
    [InlineData(1.3, false)]
    public void AskForNoGrowthBeyondNoise(double growth, bool met) =>
        Assert.Equal(met, Find(WebTargets.Of(Measured(rate: 500, growth), None, growth: true), Growth).IsMet);

    [Fact]
    public void SayWhatAPageAnsweredThatWasNotMeasured()
    {
        var figures = WebTargets.Of(Measured(500), new Dictionary<string, int> { ["API list of posts"] = 404 }, growth: true);
        Assert.Equal(404, Find(figures, "API list of posts: not measured, it answered").Value);
        Assert.DoesNotContain(figures, figure => figure.IsMet == false);
    }

    [Fact]
    public void AreMissedWhenTheHomePageWasNotMeasured() =>
        Assert.False(Find(WebTargets.Of(Measured(500), new Dictionary<string, int> { [Page.Home.Name] = 500 }, growth: true), Share).IsMet);

    [Fact]
    public void LeaveGrowthOutWhereItWasNotMeasured() =>
        Assert.DoesNotContain(WebTargets.Of(Measured(500), None, growth: false), figure => figure.Name == Growth);

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--seconds")]
    [InlineData("--fast")]
    public void OptionsRefuseWhatTheyDoNotKnow(params string[] args) => Assert.Throws<ArgumentException>(() => WebOptions.Parse(args));

    private static Samples Measured(double rate, double growth = 1)
    {
        var samples = new Samples();
        foreach (var name in Page.All.Select(page => page.Name).Concat([Names.Hello, Names.Few, Names.Many]))
            Add(name, rate, 10);
        Add(Names.Query, 1000, 1);
        samples.Add(Names.P99(Names.Few), 10);
        samples.Add(Names.P99(Names.Many), 10 * growth);
        return samples;

        void Add(string name, double value, double p99)
        {
            samples.Add(name, value);
            if (name is not (Names.Few or Names.Many))
                samples.Add(Names.P99(name), p99);
        }
    }

    private static Figure Find(IEnumerable<Figure> figures, string name) => Assert.Single(figures, figure => figure.Name == name);
}
